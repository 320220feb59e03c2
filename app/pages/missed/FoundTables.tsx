// What was found, by day and one by one, with where it went.
import type { SerializeFrom } from "@remix-run/node";
import { Card, Link, Text } from "@shopify/polaris";
import type { Found } from "../../shopify/found/found.ts";
import { CountTable } from "../CountTable.tsx";
import { timeWords } from "../figures/values.ts";
import { Ago } from "../time.tsx";
import { deliveryWords } from "../words.ts";

type Told = SerializeFrom<Found>;

interface Props extends Pick<Told, "days" | "latest" | "timeZone"> {
  /** The shop's name in Shopify's admin. */
  store: string;
  now: string;
}

export function FoundTables({ days, latest, timeZone, store, now }: Props) {
  if (days.length === 0)
    return (
      <Card>
        <Text as="p">Nothing was missing in the last 30 days: Shopify told of every change that was looked for.</Text>
      </Card>
    );
  return (
    <>
      <Days days={days} timeZone={timeZone} />
      <Card padding="0">
        <div className="card-head">
          <Text as="h2" variant="headingMd">
            What it was
          </Text>
          <Text as="p" tone="subdued">
            The newest {latest.length} of the last 30 days.
          </Text>
        </div>
        <table className="lines" aria-label="What was found">
          <thead>
            <tr>
              {["What", "Missing was", "Found", "Sent"].map((column) => (
                <th scope="col" key={column}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {latest.map((one) => (
              <Line key={`${one.subject} ${one.foundAt}`} one={one} store={store} now={now} />
            ))}
          </tbody>
        </table>
      </Card>
    </>
  );
}

function Days({ days, timeZone }: Pick<Props, "days" | "timeZone">) {
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          Found day by day
        </Text>
        <Text as="p" tone="subdued">
          Days are those of the shop ({timeZone}).
        </Text>
      </div>
      <CountTable
        label="Found day by day"
        first="Day"
        columns={["Orders", "Changes of orders", "Customers, products"]}
        lines={days.map(({ day, orders, changes, others }) => ({
          key: day,
          head: timeWords(day),
          counts: [orders, changes, others],
        }))}
      />
    </Card>
  );
}

function Line({ one, store, now }: { one: Told["latest"][number]; store: string; now: string }) {
  const [thing = "", id = ""] = one.subject.split(":");
  const name = one.name ? `Order ${one.name}` : `${thing[0]?.toUpperCase()}${thing.slice(1)} ${id}`;
  return (
    <tr>
      <th scope="row">
        <Link url={`https://admin.shopify.com/store/${store}/${thing}s/${id}`} target="_top" removeUnderline>
          {name}
        </Link>
      </th>
      <td data-label="Missing was">{one.whole ? "all of it" : "its last change"}</td>
      <td data-label="Found">
        <Ago at={one.foundAt} now={now} />
      </td>
      <td data-label="Sent">
        {one.deliveries.map(({ id, connection, state }, at) => (
          <span key={id}>
            {at > 0 && " · "}
            <Link url={`/app/deliveries/${id}`} removeUnderline>
              {connection}: {deliveryWords(state).word.toLowerCase()}
            </Link>
          </span>
        ))}
        {one.deliveries.length === 0 && "–"}
      </td>
    </tr>
  );
}
