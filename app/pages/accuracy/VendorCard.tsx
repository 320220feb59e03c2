// What the vendor itself counts beside what was sent to it, day by day in its own zone; asked once the page is there.
import type { SerializeFrom } from "@remix-run/node";
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, SkeletonBodyText, Text } from "@shopify/polaris";
import { useEffect } from "react";
import { type Told, tellAll } from "../../base/reason.ts";
import type { Compared, VendorCount } from "../../delivery/accuracy/vendor-count.ts";
import type { Range } from "../../destinations/destination.ts";
import { CountTable } from "../CountTable.tsx";
import { timeWords } from "../figures/values.ts";
import { useReason } from "../texts/telling.ts";
import { Ago } from "../time.tsx";
import { sentence } from "../words.ts";

interface Props {
  id: string;
  vendor: string;
  range: Range;
}

export function VendorCard({ id, vendor, range }: Props) {
  const asked = `/app/accuracy-vendor/${id}?from=${range.from}&to=${range.to}`;
  const { load, data, state } = useFetcher<{ count: SerializeFrom<VendorCount>; now: string }>({ key: asked });
  useEffect(() => load(asked), [load, asked]);
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          What {vendor} counts
        </Text>
        {data ? (
          <Said count={data.count} now={data.now} vendor={vendor} again={() => load(asked)} busy={state !== "idle"} />
        ) : (
          <BlockStack gap="300">
            <p aria-live="polite">Asking {vendor} …</p>
            <SkeletonBodyText lines={2} />
          </BlockStack>
        )}
      </div>
      {data?.count.is === "compared" && <Days days={data.count.compared.days} />}
    </Card>
  );
}

interface SaidProps {
  count: SerializeFrom<VendorCount>;
  now: string;
  vendor: string;
  again: () => void;
  busy: boolean;
}

function Said({ count, now, vendor, again, busy }: SaidProps) {
  const tell = useReason();
  if (count.is === "none")
    return <Text as="p">{vendor} does not tell how many purchases it counts by day, or not for these days.</Text>;
  if (count.is === "failed") {
    return (
      <BlockStack gap="300" inlineAlign="start">
        <Text as="p">{sentence(tell(count.says))}</Text>
        <Button onClick={again} loading={busy}>
          Try again
        </Button>
      </BlockStack>
    );
  }
  return (
    <>
      {notes(tellAll(count.compared, tell), vendor).map((note) => (
        <Text as="p" tone="subdued" key={note}>
          {note}
        </Text>
      ))}
      <p className="quiet">
        Fetched <Ago at={count.fetchedAt} now={now} />.
      </p>
    </>
  );
}

function notes({ by, timeZone, zoneTold, otherZone, counts, since, days }: Told<Compared>, vendor: string): string[] {
  const day = by === "placed" ? "by the day of the order" : "by the day on which it was told";
  const whose = zoneTold ? `in days of ${timeZone}` : `in days of ${timeZone} (it does not say whose they are)`;
  const other = otherZone ? " These are not the shop’s days: what was sent is counted here in the same days." : "";
  const kept = days[0] && days[0].day < since ? `It tells nothing of the days before ${timeWords(since)}.` : "";
  const all = "It also counts what others send to it, and may leave out what it takes for a duplicate or for fraud.";
  return [`${vendor} counts ${day}, ${whose}.${other}`, counts ?? "", kept, all].filter(Boolean);
}

function Days({ days }: Pick<SerializeFrom<Compared>, "days">) {
  const shown = days.filter(({ sent, counted }) => sent > 0 || (counted ?? 0) > 0).reverse();
  if (shown.length === 0) return null;
  return (
    <CountTable
      label="What was sent, and what was counted"
      first="Day"
      columns={["Sent", "Counted", "Difference"]}
      lines={shown.map(({ day, sent, counted }) => ({
        key: day,
        head: timeWords(day),
        counts: [sent, counted ?? "–", counted === null ? "–" : signed(counted - sent)],
      }))}
    />
  );
}

const signed = (number: number) => (number > 0 ? `+${number.toLocaleString("en")}` : number.toLocaleString("en"));
