// What was dismissed, by whom and when, to be taken back.
import type { SerializeFrom } from "@remix-run/node";
import { Button, Card, Link, Text } from "@shopify/polaris";
import { Trans, useTranslation } from "react-i18next";
import type { Dismissed } from "../../delivery/ledger/dismissed.ts";
import type { DismissedWebhooks } from "../../delivery/ledger/unreadable.ts";
import { useReason } from "../texts/telling.ts";
import { Ago } from "../time.tsx";
import { useWho } from "../who.ts";
import { sentence, useWords } from "../words.ts";
import type { Decision } from "./Decide.tsx";

interface Props {
  groups: SerializeFrom<Dismissed[]>;
  webhooks: SerializeFrom<DismissedWebhooks[]>;
  /** The user who looks. */
  me: string;
  now: string;
  decision: Decision;
}

export function DismissedCard({ groups, webhooks, me, now, decision }: Props) {
  const { t } = useTranslation("attention");
  const tell = useReason();
  const words = useWords();
  const who = useWho();
  const told = ({ ofAll, connectionName: name, state, reason }: SerializeFrom<Dismissed>) =>
    ofAll
      ? t("log.all")
      : t("dismissed.group", {
          ...{ name, state: words.delivery(state).word.toLowerCase() },
          reason: reason ? sentence(tell(reason)) : t("dismissed.noReason"),
        });
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          {t("dismissed.title")}
        </Text>
      </div>
      <table className="lines">
        <thead>
          <tr>
            <th scope="col">{t("dismissed.what")}</th>
            <th scope="col">{t("dismissed.howMany")}</th>
            <th scope="col">{t("dismissed.when")}</th>
            <th scope="col">
              <Text as="span" visuallyHidden>
                {t("dismissed.decide")}
              </Text>
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <Line
              key={`${group.dismissedAt} ${group.by}`}
              what={told(group)}
              sampleId={group.sampleId}
              number={t("dismissed.deliveries", { count: group.count })}
              {...{ by: who.by(group.by, me), at: group.dismissedAt, now, decision }}
              fields={{ dismissedAt: group.dismissedAt, by: group.by ?? "" }}
            />
          ))}
          {webhooks.map(({ topic, count, by, dismissedAt }) => (
            <Line
              key={`${topic} ${dismissedAt}`}
              what={t("dismissed.webhooks", { topic })}
              number={t("dismissed.hooks", { count })}
              {...{ by: who.by(by, me), at: dismissedAt, now, decision }}
              fields={{ topic, dismissedAt }}
            />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

interface LineProps {
  what: string;
  /** One of the deliveries. */
  sampleId?: string;
  number: string;
  by: string;
  at: string;
  now: string;
  /** What it is about, as readDismissed reads it. */
  fields: Record<string, string>;
  decision: Decision;
}

function Line({ what, sampleId, number, by, at, now, fields, decision }: LineProps) {
  const { t } = useTranslation("attention");
  const form = decision.state === "idle" ? undefined : decision.formData;
  const asked =
    form?.get("intent") === "restore" && Object.entries(fields).every(([name, value]) => form.get(name) === value);
  return (
    <tr>
      <th scope="row">
        {what} {sampleId && <Link url={`/app/deliveries/${sampleId}`}>{t("dismissed.show")}</Link>}
      </th>
      <td data-label={t("dismissed.howMany")}>{number}</td>
      <td data-label={t("dismissed.when")}>
        <Trans
          ns="attention"
          i18nKey="dismissed.byWhom"
          values={{ by }}
          components={{ ago: <Ago at={at} now={now} /> }}
        />
      </td>
      <td>
        <Button
          loading={asked}
          onClick={() =>
            decision.submit({ intent: "restore", ...fields }, { method: "post", action: "/app/attention" })
          }
        >
          {t("dismissed.takeBack")}
        </Button>
      </td>
    </tr>
  );
}
