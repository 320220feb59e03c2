// How many orders Shopify counts beside those that it told, day by day; asked once the page is there.
import type { SerializeFrom } from "@remix-run/node";
import { useFetcher } from "@remix-run/react";
import { Card, Link, SkeletonBodyText, Text } from "@shopify/polaris";
import { useEffect } from "react";
import type { Range } from "../../destinations/destination.ts";
import type { loader } from "../../routes/app.accuracy-shopify.ts";
import { CountTable } from "../CountTable.tsx";
import { timeWords } from "../figures/values.ts";
import { useReason } from "../texts/telling.ts";
import { sentence } from "../words.ts";

type Told = SerializeFrom<typeof loader>;

export function ShopifyCard({ range }: { range: Range }) {
  const asked = `/app/accuracy-shopify?from=${range.from}&to=${range.to}`;
  const { load, data } = useFetcher<Told>({ key: asked });
  const tell = useReason();
  useEffect(() => load(asked), [load, asked]);
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          What Shopify counts
        </Text>
        {data ? (
          <Text as="p">
            {data.says ? sentence(tell(data.says)) : wordsOf(data)}{" "}
            <Link url="/app/missed">What Shopify had not told</Link>
          </Text>
        ) : (
          <>
            <p aria-live="polite">Asking Shopify …</p>
            <SkeletonBodyText lines={2} />
          </>
        )}
      </div>
      {data && differing(data).length > 0 && <Days days={differing(data)} />}
    </Card>
  );
}

const differing = ({ days }: Told) =>
  days.filter(({ counted, ours }) => counted !== null && counted !== ours).reverse();

function wordsOf(data: Told): string {
  const days = differing(data).length;
  const rest = "Test orders are left out; without Shopify’s leave the app sees the orders of the last 60 days only.";
  return days === 0
    ? `Shopify counts as many orders as it told, on each of these days. ${rest}`
    : `On ${days === 1 ? "one day" : `${days} days`} Shopify counts other than it told: here it looks for what is missing by itself, every hour. ${rest}`;
}

function Days({ days }: { days: Told["days"] }) {
  return (
    <CountTable
      label="Orders that Shopify counts, and those that are known here"
      first="Day"
      columns={["Shopify", "Known here", "Difference"]}
      lines={days.map(({ day, counted, ours }) => ({
        key: day,
        head: timeWords(day),
        counts: [counted ?? "", ours, ours - (counted ?? 0)],
      }))}
    />
  );
}
