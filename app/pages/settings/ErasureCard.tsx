// Erases a person, here and at each vendor that has a call for it, and says what became of it.
import type { SerializeFrom } from "@remix-run/node";
import { useFetcher } from "@remix-run/react";
import { Badge, BlockStack, Card, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import type { Forgotten } from "../../shopify/compliance.ts";
import { Confirm } from "../Confirm.tsx";
import { sentence } from "../words.ts";

export interface Erased {
  erasureError?: string;
  customerId?: string;
  forgotten?: Forgotten[];
}

export function ErasureCard() {
  const fetcher = useFetcher<Erased>();
  const [id, setId] = useState("");
  const { erasureError, customerId, forgotten } = fetcher.data ?? {};
  return (
    <Card>
      <BlockStack gap="400">
        <About />
        <TextField
          label="Customer id"
          inputMode="numeric"
          helpText="The number at the end of the address when you open the customer in your Shopify admin."
          value={id}
          onChange={setId}
          autoComplete="off"
          error={erasureError}
        />
        <div>
          <Confirm
            label="Erase"
            title="Erase this person?"
            says={`What is kept here of customer ${id.trim() || "…"} beside ids and amounts is erased, and each vendor that has a call for it is told to erase them too. It cannot be undone.`}
            loading={fetcher.state !== "idle"}
            onConfirm={() => fetcher.submit({ intent: "forget", customerId: id }, { method: "post" })}
          />
        </div>
        <div aria-live="polite" className="live">
          {forgotten && <Results customerId={customerId ?? ""} forgotten={forgotten} />}
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
      Shopify asks for this by itself when you erase a customer there. Here you can do it at once, and again where a
      vendor failed.
    </Text>
  </BlockStack>
);

function Results({ customerId, forgotten }: { customerId: string; forgotten: SerializeFrom<Forgotten[]> }) {
  return (
    <BlockStack gap="300">
      <Text as="p">Customer {customerId} is erased in Switchyard’s own records.</Text>
      <ul className="findings" aria-label="At the vendors">
        {forgotten.map(({ connectionId, connectionName, is, reason }) => (
          <li key={connectionId}>
            <span>
              {is === "done" && (
                <Badge tone="success" progress="complete">
                  Erased
                </Badge>
              )}
              {is === "failed" && (
                <Badge tone="critical" progress="incomplete">
                  Failed
                </Badge>
              )}
              {is === "no such call" && <Badge progress="incomplete">No call</Badge>}
            </span>
            <span>{inWords(connectionName, is, reason)}</span>
          </li>
        ))}
      </ul>
    </BlockStack>
  );
}

function inWords(name: string, is: Forgotten["is"], reason: string | null): string {
  if (is === "done") return `${name} was told to erase the person, and took it.`;
  if (is === "failed") return `${name} did not: ${sentence(reason ?? "the reason is not known")} Erase again later.`;
  return `${name} has no call that erases a person; if it knows them, ask ${name} itself.`;
}
