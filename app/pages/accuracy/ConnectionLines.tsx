// The figure for each connection: of the orders of some days, how many were sent, and what became of the others.
import type { SerializeFrom } from "@remix-run/node";
import { Card, Link, Text } from "@shopify/polaris";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Accuracy } from "../../delivery/accuracy/accuracy.ts";
import { failed, share } from "../../delivery/accuracy/tally.ts";
import { CountTable } from "../CountTable.tsx";
import { useFormats } from "../formats.ts";

interface Props {
  lines: Omit<SerializeFrom<Accuracy>, "days">[];
  /** The days, for the address of a connection's page. */
  query: string;
}

export function ConnectionLines({ lines, query }: Props) {
  const { t } = useTranslation("accuracy");
  const { columns, countsOf } = useColumns();
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          {t("lines.title")}
        </Text>
      </div>
      <CountTable
        first={t("lines.destination")}
        columns={columns}
        lines={lines.map(({ id, name, total }) => ({
          key: id,
          head: (
            <Link url={`/app/accuracy/${id}?${query}`} removeUnderline>
              {name}
            </Link>
          ),
          counts: countsOf(total),
        }))}
      />
    </Card>
  );
}

const COLUMNS = ["orders", "sent", "skipped", "waiting", "failed", "before", "share"] as const;

/** What a connection and a day are counted by. */
export function useColumns() {
  const { t } = useTranslation("accuracy");
  const { percent } = useFormats();
  return useMemo(
    () => ({
      columns: COLUMNS.map((column) => t(`columns.${column}`)),
      countsOf(of: Accuracy["total"]): (number | string)[] {
        const shown = share(of);
        const counts = [of.orders, of.sent, of.skipped, of.waiting, failed(of), of.before];
        return [...counts, shown === null ? "–" : percent(shown)];
      },
    }),
    [t, percent],
  );
}
