// One request to a vendor: when, how long, what was sent, and what came back.
import type { SerializeFrom } from "@remix-run/node";
import { Badge, BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Story } from "../../delivery/ledger/story.ts";
import type { Proof } from "../../delivery/proof/proof.ts";
import { useFormats } from "../formats.ts";
import { useReason } from "../texts/telling.ts";
import { Clock } from "../time.tsx";
import { sentence } from "../words.ts";
import { useOutcome } from "./outcome.ts";
import { SentRequest } from "./SentRequest.tsx";

type Attempt = SerializeFrom<Story>["attempts"][number];
interface Props {
  attempt: Attempt;
  number: number;
  /** undefined: it is not kept. */
  proof: SerializeFrom<Proof> | undefined;
}

export function AttemptCard({ attempt, number, proof }: Props) {
  const { t } = useTranslation("story");
  const tell = useReason();
  const { again, finishedAt, answer, none } = attempt;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="300" blockAlign="center">
          <Text as="h3" variant="headingSm">
            {t("attempt.title", { number })}
          </Text>
          <Came attempt={attempt} />
          {again && <Badge tone="info">{t("attempt.insisted")}</Badge>}
          {again === "twice" && <Badge tone="warning">{t("attempt.twice")}</Badge>}
        </InlineStack>
        <div className="both">
          <BlockStack gap="100">
            <Text as="h4" variant="bodySm" tone="subdued">
              {t("attempt.sent")}
            </Text>
            {proof ? <SentRequest proof={proof} /> : finishedAt && <p>{t("attempt.notKept")}</p>}
          </BlockStack>
          <BlockStack gap="100">
            <Text as="h4" variant="bodySm" tone="subdued">
              {t("attempt.came")}
            </Text>
            {answer ? (
              <pre className="answer">{answer}</pre>
            ) : (
              <p>{none ? sentence(tell(none)) : t("attempt.nothingCame")}</p>
            )}
          </BlockStack>
        </div>
      </BlockStack>
    </Card>
  );
}

/** What came of it, in parts with commas between. */
function Came({ attempt: { outcome, startedAt, finishedAt, status, deliveries } }: { attempt: Attempt }) {
  const { t } = useTranslation("story");
  const { number } = useFormats();
  const tellOutcome = useOutcome();
  const took = finishedAt ? Math.round(Date.parse(finishedAt) - Date.parse(startedAt)) : null;
  return (
    <Text as="span" tone="subdued">
      {tellOutcome(outcome)}, <Clock at={startedAt} />
      {took !== null && `, ${t("attempt.took", { milliseconds: number(took) })}`}
      {status !== null && `, ${t("attempt.status", { status })}`}
      {deliveries > 1 && `, ${t("attempt.together", { count: deliveries - 1 })}`}
    </Text>
  );
}
