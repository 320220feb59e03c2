// The sum of some days at one connection: where each order stands, in orders and in money, so that it can be added up.
import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Card, Text } from "@shopify/polaris";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Accuracy } from "../../delivery/accuracy/accuracy.ts";
import type { Outcome } from "../../delivery/accuracy/orders.ts";
import { owed, share } from "../../delivery/accuracy/tally.ts";
import { type Formats, useFormats } from "../formats.ts";
import { useReason } from "../texts/telling.ts";
import { sentence } from "../words.ts";

const ALWAYS: readonly Outcome[] = ["sent", "skipped", "waiting"];
const ROWS: readonly Outcome[] = [...ALWAYS, "refused", "expired", "unknown", "before"];
type Sum = Omit<SerializeFrom<Accuracy>, "days">;

export function SumCard({ of, vendor }: { of: Sum; vendor: string }) {
  const { t } = useTranslation("accuracy");
  const formats = useFormats();
  const { money, number } = formats;
  const { total, money: worth } = of;
  const amount = (of: string) => (worth.currency ? money({ amount: of, currency: worth.currency }) : "–");
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {headline(of, t, formats)}
        </Text>
        <table className="values sums" aria-label={t("sum.label")}>
          <tbody>
            {ROWS.filter((outcome) => ALWAYS.includes(outcome) || total[outcome] > 0).map((outcome) => (
              <tr key={outcome}>
                <th scope="row">
                  {t(`sum.rows.${outcome}`)}
                  {outcome === "sent" && total.had > 0 && (
                    <small className="quiet">{t("sum.had", { vendor, count: total.had })}</small>
                  )}
                  {outcome === "skipped" && <Reasons of={of} />}
                </th>
                <td>{number(total[outcome])}</td>
                <td>{amount(worth.by[outcome])}</td>
              </tr>
            ))}
            <tr className="sum">
              <th scope="row">{t("sum.known")}</th>
              <td>{number(total.orders)}</td>
              <td>{amount(worth.orders)}</td>
            </tr>
          </tbody>
        </table>
        {notes(of, t).map((note) => (
          <Text as="p" tone="subdued" key={note}>
            {note}
          </Text>
        ))}
      </BlockStack>
    </Card>
  );
}

function Reasons({ of: { skipped } }: { of: Sum }) {
  const { t } = useTranslation("accuracy");
  const tell = useReason();
  return skipped.map(({ says, orders }) => (
    <small key={JSON.stringify(says)} className="quiet">
      {t("sum.reason", { orders, why: sentence(tell(says)) })}
    </small>
  ));
}

/** "99.5% sent: 199 of 200 orders that were to be sent" */
function headline({ total }: Pick<Accuracy, "total">, t: TFunction<"accuracy">, { percent }: Formats): string {
  const part = share(total);
  if (part === null) return t(total.orders === 0 ? "sum.noOrder" : "sum.noneOwed");
  return t("sum.share", { percent: percent(part), sent: total.sent, count: owed(total) });
}

function notes({ money: { currency, apart, unknown } }: Pick<Sum, "money">, t: TFunction<"accuracy">): string[] {
  const orders = apart.map((one) => t("sum.ordersIn", { count: one.orders, currency: one.currency })).join(", ");
  return [
    orders && t("sum.apart", { currency, orders }),
    unknown > 0 ? t("sum.unkept", { count: unknown }) : "",
  ].filter(Boolean);
}
