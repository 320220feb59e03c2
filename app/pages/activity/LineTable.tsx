// What happened, line by line, each with what became of it.
import type { SerializeFrom } from "@remix-run/node";
import { Link } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Line as Found } from "../../delivery/activity/lines.ts";
import { DeliveryBadge } from "../DeliveryBadge.tsx";
import { useReason } from "../texts/telling.ts";
import { Ago, Clock } from "../time.tsx";
import { sentence, useWords } from "../words.ts";
import { orderPageOf, useAbout, useLinkWords } from "./about.ts";

type Line = SerializeFrom<Found>;
type Delivery = Line["deliveries"][number];
interface Props {
  label: string;
  lines: Line[];
  /** By vendor, its word for "delivered". */
  deliveredAs: Record<string, string>;
  now: string;
}

export function LineTable({ label, lines, deliveredAs, now }: Props) {
  const { t } = useTranslation("activity");
  return (
    <table className="lines activity" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t("table.what")}</th>
          <th scope="col">{t("table.about")}</th>
          <th scope="col">{t("table.happened")}</th>
          <th scope="col">{t("table.became")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Row key={`${line.eventId} ${line.deliveries[0]?.id}`} {...{ line, deliveredAs, now }} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ line, deliveredAs, now }: { line: Line } & Pick<Props, "deliveredAs" | "now">) {
  const { t } = useTranslation("activity");
  const { eventId, kind, subject, occurredAt, deliveries } = line;
  const word = useWords().kind(kind);
  const about = useAbout()(line);
  const page = orderPageOf(subject);
  return (
    <tr>
      <th scope="row">
        {eventId === null ? (
          word
        ) : (
          <Link url={`/app/events/${eventId}`} accessibilityLabel={t("event", { kind: word, about })} removeUnderline>
            {word}
          </Link>
        )}
      </th>
      <td data-label={t("table.about")}>{page ? <Link url={page}>{about}</Link> : about}</td>
      <td data-label={t("table.happened")}>
        <Ago at={occurredAt} now={now} />
        <small>
          <Clock at={occurredAt} />
        </small>
      </td>
      <td data-label={t("table.became")} className="long">
        {deliveries.length === 0 && <span className="quiet">{t("nothingOwed")}</span>}
        <ul className="became">
          {deliveries.map((delivery) => (
            <Became
              key={delivery.id}
              {...{ delivery, about }}
              deliveredAs={deliveredAs[delivery.destination] ?? "delivered"}
            />
          ))}
        </ul>
      </td>
    </tr>
  );
}

function Became({ delivery, about, deliveredAs }: { delivery: Delivery; about: string; deliveredAs: string }) {
  const { t } = useTranslation("activity");
  const tell = useReason();
  const says = useLinkWords();
  const { id, state, reason, alreadyHad, ended, connectionName, deadlineAt } = delivery;
  return (
    <li>
      <Link
        url={`/app/deliveries/${id}`}
        accessibilityLabel={says(about, delivery, deliveredAs)}
        removeUnderline
        monochrome
      >
        <DeliveryBadge {...{ state, alreadyHad, deliveredAs }} />
      </Link>{" "}
      {ended ? t("ended", { name: connectionName }) : connectionName}
      {state === "due" && (
        <small>
          {t("until")} <Clock at={deadlineAt} />
        </small>
      )}
      {reason && state !== "delivered" && <small>{sentence(tell(reason))}</small>}
    </li>
  );
}
