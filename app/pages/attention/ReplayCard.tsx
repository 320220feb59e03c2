// The log: who decided what, when and for how many, so that a figure that looks odd later can be explained.
import type { SerializeFrom } from "@remix-run/node";
import { Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ReplayView } from "../../delivery/ledger/replays.ts";
import { useReason } from "../texts/telling.ts";
import { Ago } from "../time.tsx";
import { sentence, useWords } from "../words.ts";

type Replay = SerializeFrom<ReplayView>;

interface Props {
  replays: Replay[];
  /** Connection id → its name. */
  names: Record<string, string>;
  /** User's id → name. */
  staff: Record<string, string>;
  /** The user who looks. */
  me: string;
  now: string;
}

export function ReplayCard({ replays, names, staff, me, now }: Props) {
  const { t } = useTranslation("attention");
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          {t("log.title")}
        </Text>
      </div>
      <table className="lines">
        <thead>
          <tr>
            <th scope="col">{t("log.when")}</th>
            <th scope="col">{t("log.who")}</th>
            <th scope="col">{t("log.what")}</th>
            <th scope="col">{t("log.howMany")}</th>
          </tr>
        </thead>
        <tbody>
          {replays.map((one) => (
            <Line key={one.id} one={one} {...{ names, staff, me, now }} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Line({ one, names, staff, me, now }: { one: Replay } & Omit<Props, "replays">) {
  const { t } = useTranslation("attention");
  const { at, by, endedAt } = one;
  const who = by === null ? t("log.somebody") : (staff[by] ?? (by === me ? t("log.you") : t("log.user", { user: by })));
  return (
    <tr>
      <th scope="row">
        <Ago at={at} now={now} />
      </th>
      <td data-label={t("log.who")}>{who}</td>
      <td data-label={t("log.what")}>
        <What which={one.which} names={names} />
      </td>
      <td data-label={t("log.howMany")}>
        <HowMany {...one} />
        {!endedAt && <small>{t("log.underWay")}</small>}
      </td>
    </tr>
  );
}

function HowMany({ what, which, count, endedAt }: Replay) {
  const { t } = useTranslation("attention");
  const deed = what === "restore" ? "takeBack" : what;
  if (count === 0 && endedAt) return t(`log.none.${deed}`);
  if (deed === "read" || "webhooks" in which || "topic" in which)
    return t(`log.webhook.${deed === "read" ? "read" : "dismiss"}`, { count });
  return t(`log.delivery.${deed}`, { count });
}

function What({ which, names }: { which: Replay["which"]; names: Props["names"] }) {
  const { t } = useTranslation("attention");
  const tell = useReason();
  const words = useWords();
  if ("ids" in which || "webhooks" in which) return t("log.chosen");
  if ("all" in which) return t("log.all");
  if ("dismissedAt" in which) return t("log.before");
  const reason = which.reason ? sentence(tell(which.reason)) : t("log.noReason");
  if ("topic" in which) return t("log.topic", { topic: which.topic, reason });
  const name = names[which.connectionId] ?? t("log.gone");
  return t("log.group", { name, state: words.delivery(which.state).word.toLowerCase(), reason });
}
