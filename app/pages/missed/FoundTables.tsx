// What was found, by day and one by one, with where it went.
import type { SerializeFrom } from "@remix-run/node";
import { Card, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Found } from "../../shopify/found/found.ts";
import { CountTable } from "../CountTable.tsx";
import { timeWords } from "../figures/values.ts";
import { useFormats } from "../formats.ts";
import { Ago } from "../time.tsx";
import { useWords } from "../words.ts";

type Told = SerializeFrom<Found>;

interface Props extends Pick<Told, "days" | "latest" | "timeZone"> {
  /** The shop's name in Shopify's admin. */
  store: string;
  now: string;
}

export function FoundTables({ days, latest, timeZone, store, now }: Props) {
  const { t } = useTranslation("missed");
  if (days.length === 0)
    return (
      <Card>
        <Text as="p">{t("found.nothing")}</Text>
      </Card>
    );
  return (
    <>
      <Days days={days} timeZone={timeZone} />
      <Card padding="0">
        <div className="card-head">
          <Text as="h2" variant="headingMd">
            {t("found.title")}
          </Text>
          <Text as="p" tone="subdued">
            {t("found.newest", { count: latest.length })}
          </Text>
        </div>
        <table className="lines" aria-label={t("found.table")}>
          <thead>
            <tr>
              {(["what", "missing", "when", "sent"] as const).map((column) => (
                <th scope="col" key={column}>
                  {t(`found.${column}`)}
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
  const { t } = useTranslation("missed");
  const formats = useFormats();
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          {t("days.title")}
        </Text>
        <Text as="p" tone="subdued">
          {t("days.zone", { zone: timeZone })}
        </Text>
      </div>
      <CountTable
        label={t("days.title")}
        first={t("days.day")}
        columns={[t("days.orders"), t("days.changes"), t("days.others")]}
        lines={days.map(({ day, orders, changes, others }) => ({
          key: day,
          head: timeWords(formats, day),
          counts: [orders, changes, others],
        }))}
      />
    </Card>
  );
}

function Line({ one, store, now }: { one: Told["latest"][number]; store: string; now: string }) {
  const { t } = useTranslation("missed");
  const words = useWords();
  const [thing, id] = one.subject.split(":") as ["order" | "customer" | "product", string];
  const name = t(`found.things.${thing}`, { name: one.name ?? id });
  return (
    <tr>
      <th scope="row">
        <Link url={`https://admin.shopify.com/store/${store}/${thing}s/${id}`} target="_top" removeUnderline>
          {name}
        </Link>
      </th>
      <td data-label={t("found.missing")}>{one.whole ? t("found.whole") : t("found.change")}</td>
      <td data-label={t("found.when")}>
        <Ago at={one.foundAt} now={now} />
      </td>
      <td data-label={t("found.sent")} className="long">
        {one.deliveries.map(({ id, connection, state }, at) => (
          <span key={id}>
            {at > 0 && " · "}
            <Link url={`/app/deliveries/${id}`} removeUnderline>
              {t("found.delivery", { connection, state: words.delivery(state).word.toLowerCase() })}
            </Link>
          </span>
        ))}
        {one.deliveries.length === 0 && "–"}
      </td>
    </tr>
  );
}
