// Erases a person, here and at each vendor that has a call for it, and says what became of it.
import { useFetcher } from "@remix-run/react";
import { BlockStack, Card, Link, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import type { Forgotten } from "../../delivery/erasure/told.ts";
import { Confirm } from "../Confirm.tsx";
import { AtVendors } from "./AtVendors.tsx";

export interface Erased {
  erasureError?: string;
  /** Whom it was about, as they were asked for. */
  who?: string;
  forgotten?: Forgotten[];
}

export function ErasureCard() {
  const fetcher = useFetcher<Erased>();
  const [customerId, setId] = useState("");
  const [email, setEmail] = useState("");
  const [phone, setPhone] = useState("");
  const { erasureError, who, forgotten } = fetcher.data ?? {};
  const named = customerId.trim() ? `customer ${customerId.trim()}` : email.trim() || phone.trim() || "…";
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
          <Confirm
            label="Erase"
            title="Erase this person?"
            says={`What is kept here of ${named} beside ids and amounts is erased, and each vendor that has a call for it is told to erase them too. It cannot be undone.`}
            loading={fetcher.state !== "idle"}
            onConfirm={() => fetcher.submit({ intent: "forget", customerId, email, phone }, { method: "post" })}
          />
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
