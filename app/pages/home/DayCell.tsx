// What a connection delivered in a day, in numbers, as a share of what ended, and in money.
import { useTranslation } from "react-i18next";
import type { ConnectionDay } from "../../delivery/ledger/day.ts";
import type { ConnectionState } from "../connection/state.ts";
import { useFormats } from "../formats.ts";
import { WithAgo } from "../time.tsx";
import { useDay } from "./day.ts";

interface Props {
  one: ConnectionState;
  /** undefined: nothing ended. */
  day: ConnectionDay | undefined;
  now: string;
}

export function DayCell({ one: { lastDeliveredAt }, day, now }: Props) {
  const { t } = useTranslation("home");
  const { sums } = useFormats();
  const tellDay = useDay();
  return (
    <td data-label={t("destinations.day")} className="long">
      {tellDay(day)}
      {day && day.worth.length > 0 && <small>{t("destinations.worth", { worth: sums(day.worth) })}</small>}
      {lastDeliveredAt && (
        <small>
          <WithAgo text={t("destinations.last")} at={lastDeliveredAt} now={now} />
        </small>
      )}
    </td>
  );
}
