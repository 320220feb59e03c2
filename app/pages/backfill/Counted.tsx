// How much a backfill would be, and how long the vendor's limits let it take.
import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Text } from "@shopify/polaris";
import type { Told } from "../../base/reason.ts";
import type { DryRun } from "../../shopify/backfill/plan.ts";
import { count } from "../money.ts";
import { span } from "../time.tsx";
import { sentence } from "../words.ts";
import { days, WHAT } from "./words.ts";

interface Props {
  counted: Told<SerializeFrom<DryRun>>;
  vendor: string;
  timeZone: string;
}

export function Counted({ counted, vendor, timeZone }: Props) {
  const { expected, takes, since, until } = counted;
  const all = expected.map(({ number }) => number ?? 0).reduce((sum, one) => sum + one, 0);
  return (
    <BlockStack gap="200">
      <ul className="points">
        {expected.map(({ what, number, says }) => (
          <li key={what}>
            {number === null ? `${WHAT[what].label}: not counted.` : `${count(number, WHAT[what].word)}.`}{" "}
            {says && sentence(says)}
          </li>
        ))}
      </ul>
      <Text as="p">
        {days(since, until, timeZone)}.{" "}
        {takes !== null &&
          (all === 0
            ? "There is nothing to send."
            : `Within ${vendor}’s limits this takes ${span(takes)} at least, and longer while the shop is busy.`)}
      </Text>
    </BlockStack>
  );
}
