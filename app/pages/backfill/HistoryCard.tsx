// The backfills of before: when, what, and what became of it.
import type { SerializeFrom } from "@remix-run/node";
import { Badge, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { BackfillView } from "../../shopify/backfill/view.ts";
import { useReason } from "../texts/telling.ts";
import { Ago } from "../time.tsx";
import { sentence } from "../words.ts";
import { TONES, useBackfillWords } from "./words.ts";

interface Props {
  backfills: SerializeFrom<BackfillView[]>;
  now: string;
  timeZone: string;
  deliveredAs: "delivered" | "accepted";
}

export function HistoryCard({ backfills, ...rest }: Props) {
  const { t } = useTranslation("backfill");
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          {t("history.title")}
        </Text>
      </div>
      <table className="lines">
        <thead>
          <tr>
            {(["what", "started", "state", "became"] as const).map((column) => (
              <th scope="col" key={column}>
                {t(`history.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {backfills.map((one) => (
            <Line key={one.id} one={one} {...rest} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Line({ one, now, timeZone, deliveredAs }: Omit<Props, "backfills"> & { one: Props["backfills"][number] }) {
  const { what, since, until, createdAt, state, says, deliveries, seen, sent, leftOut } = one;
  const { t } = useTranslation("backfill");
  const { together, days, became, unread } = useBackfillWords();
  const tell = useReason();
  const line = t("history.line", { what: together(what), days: days(since, until, timeZone) });
  return (
    <tr>
      <th scope="row">{line.charAt(0).toUpperCase() + line.slice(1)}</th>
      <td data-label={t("history.started")}>
        <Ago at={createdAt} now={now} />
      </td>
      <td data-label={t("history.state")}>
        <Badge tone={TONES[state]}>{t(`states.${state}`)}</Badge>
      </td>
      <td data-label={t("history.became")}>
        {t("history.counts", { counts: became(deliveries, deliveredAs) })} {says && sentence(tell(says))}{" "}
        {state === "done" && unread(seen - sent, leftOut)}
      </td>
    </tr>
  );
}
