// Erases a person, here and at each vendor that has a call for it, and says what became of it.
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, Link, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import type { LookedUp } from "../../delivery/erasure/look-up.ts";
import type { Forgotten } from "../../delivery/erasure/told.ts";
import { AtVendors } from "./AtVendors.tsx";
import { WhoIsErased } from "./WhoIsErased.tsx";

export interface Erased {
  erasureError?: string;
  asked?: Asked;
  /** Whom it was about, as they were asked for. */
  who?: string;
  forgotten?: Forgotten[];
}

/** As it was typed. */
export type Asked = Record<"customerId" | "email" | "phone", string>;
export interface LookedAt {
  erasureError?: string;
  asked?: Asked;
  looked?: LookedUp;
}

export function ErasureCard() {
  const look = useFetcher<LookedAt>();
  const fetcher = useFetcher<Erased>();
  const [customerId, setId] = useState("");
  const [email, setEmail] = useState("");
  const [phone, setPhone] = useState("");
  const named = { customerId: customerId.trim(), email: email.trim(), phone: phone.trim() };
  const isOf = (asked: Asked | undefined) => JSON.stringify(asked) === JSON.stringify(named);
  /** Whoever types another is to be looked up anew. */
  const looked = isOf(look.data?.asked) ? look.data?.looked : undefined;
  const { who, forgotten } = isOf(fetcher.data?.asked) ? (fetcher.data ?? {}) : {};
  const erasureError = look.data?.erasureError ?? fetcher.data?.erasureError;
  return (
    <Card>
      <BlockStack gap="400">
        <About />
        <TextField
          label="Customer id"
          inputMode="numeric"
          helpText="The number at the end of the address when you open the customer in your Shopify admin."
          value={customerId}
          onChange={setId}
          autoComplete="off"
          error={erasureError}
        />
        <TextField
          label="E-mail of a guest"
          helpText="For a buyer without a customer’s record. It is not kept."
          value={email}
          onChange={setEmail}
          autoComplete="off"
        />
        <TextField label="Phone of a guest" value={phone} onChange={setPhone} autoComplete="off" />
        <div>
          <Button
            loading={look.state !== "idle"}
            onClick={() => look.submit({ intent: "look up person", ...named }, { method: "post" })}
          >
            Look up
          </Button>
        </div>
        <div aria-live="polite">
          {looked && (
            <WhoIsErased
              looked={looked}
              byId={named.customerId !== ""}
              loading={fetcher.state !== "idle"}
              onErase={() => fetcher.submit({ intent: "forget", ...named }, { method: "post" })}
            />
          )}
        </div>
        <div aria-live="polite" className="live">
          {forgotten && (
            <BlockStack gap="300">
              <Text as="p">{who} is erased in Switchyard’s own records.</Text>
              <AtVendors forgotten={forgotten} />
            </BlockStack>
          )}
        </div>
      </BlockStack>
    </Card>
  );
}

const About = () => (
  <BlockStack gap="200">
    <Text as="h2" variant="headingMd">
      Erase a person
    </Text>
    <Text as="p">
      Erase here whom you erase in Shopify, and again where a vendor failed. What the person does afterwards is new, and
      is kept like anybody’s.
    </Text>
    <Text as="p">
      What buyers asked of you by Shopify is done by itself: <Link url="/app/privacy">Privacy requests</Link> shows all
      of it, with the files to download and who looked at them.
    </Text>
  </BlockStack>
);
