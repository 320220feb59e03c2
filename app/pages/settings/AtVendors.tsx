// What became of an erasure at each vendor.
import type { SerializeFrom } from "@remix-run/node";
import { Badge } from "@shopify/polaris";
import type { Forgotten } from "../../delivery/erasure/told.ts";
import { useTold } from "../texts/telling.ts";
import { sentence } from "../words.ts";

export const AtVendors = ({ forgotten }: { forgotten: SerializeFrom<Forgotten[]> }) => (
  <ul className="findings" aria-label="At the vendors">
    {useTold(forgotten).map(({ connectionId, connectionName, is, reason }) => (
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
  if (is === "failed")
    return `${name} did not: ${sentence(reason ?? "the reason is not known")} It is asked again by itself, for thirty days.`;
  if (is === "not connected")
    return `${name} was disconnected meanwhile and cannot be asked any more: ask ${name} itself.`;
  return `${name} has no call that erases a person; if it knows them, ask ${name} itself.`;
}
