// What became of erasures: at each vendor, and of those that were asked for before.
import type { SerializeFrom } from "@remix-run/node";
import { Badge, BlockStack, Text } from "@shopify/polaris";
import type { ErasureLine } from "../../delivery/erasure/record.ts";
import type { Forgotten } from "../../delivery/erasure/told.ts";
import { Clock } from "../time.tsx";
import { sentence } from "../words.ts";

export const AtVendors = ({ forgotten }: { forgotten: SerializeFrom<Forgotten[]> }) => (
  <ul className="findings" aria-label="At the vendors">
    {forgotten.map(({ connectionId, connectionName, is, reason }) => (
      <li key={connectionId}>
        <span>{BADGES[is]}</span>
        <span>{inWords(connectionName, is, reason)}</span>
      </li>
    ))}
  </ul>
);

const BADGES = {
  done: (
    <Badge tone="success" progress="complete">
      Erased
    </Badge>
  ),
  failed: (
    <Badge tone="critical" progress="incomplete">
      Failed
    </Badge>
  ),
  "no such call": <Badge progress="incomplete">No call</Badge>,
  "not connected": <Badge progress="incomplete">Not connected</Badge>,
};

function inWords(name: string, is: Forgotten["is"], reason: string | null): string {
  if (is === "done") return `${name} was told to erase the person, and took it.`;
  if (is === "failed") return `${name} did not: ${sentence(reason ?? "the reason is not known")} Erase again later.`;
  return `${name} has no call that erases a person; if it knows them, ask ${name} itself.`;
}

/** The record: whom nobody asked for by an id is not named in it. */
export function ErasuresBefore({ before }: { before: SerializeFrom<ErasureLine[]> }) {
  if (before.length === 0) return null;
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        Erasures before
      </Text>
      <ul aria-label="Erasures before">
        {before.map(({ id, customerId, askedAt, doneAt, vendors }) => (
          <li key={id}>
            {customerId ? `Customer ${customerId}` : "A person without an id"}, <Clock at={askedAt} />:{" "}
            {doneAt ? "erased here" : "under way; it goes on by itself"}. {atAll(vendors)}
          </li>
        ))}
      </ul>
    </BlockStack>
  );
}

function atAll(vendors: SerializeFrom<Forgotten[]>): string {
  const named = (is: Forgotten["is"]) =>
    vendors.filter((one) => one.is === is).map(({ connectionName }) => connectionName);
  const parts = [
    ["Erased at", named("done")],
    ["Failed at", named("failed")],
    ["No call at", named("no such call")],
  ] as const;
  return parts.flatMap(([says, names]) => (names.length > 0 ? [`${says} ${names.join(", ")}.`] : [])).join(" ");
}
