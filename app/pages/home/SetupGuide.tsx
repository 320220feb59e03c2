// The setup guide: it looks by itself what is done, and can be put away.
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Step } from "./steps.ts";

export function SetupGuide({ steps }: { steps: Step[] }) {
  const { t } = useTranslation("home");
  const fetcher = useFetcher();
  const done = steps.filter((step) => step.done).length;
  const all = steps.length;
  return (
    <Card padding="0">
      <div className="card-head">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd">
            {t("guide.title")}
          </Text>
          <Button
            variant="tertiary"
            loading={fetcher.state !== "idle"}
            onClick={() => fetcher.submit({ intent: "hide-guide" }, { method: "post", action: "/app?index" })}
          >
            {t("guide.dismiss")}
          </Button>
        </InlineStack>
        <BlockStack gap="200">
          <p id="guide-progress">{done === all ? t("guide.allDone") : t("guide.done", { done, all })}</p>
          <ProgressBar progress={(done / all) * 100} size="small" ariaLabelledBy="guide-progress" />
        </BlockStack>
      </div>
      <ol className="guide">
        {steps.map((step) => (
          <Line key={step.name} step={step} />
        ))}
      </ol>
    </Card>
  );
}

function Line({ step: { name, done, says, url, action, external } }: { step: Step }) {
  const { t } = useTranslation("home");
  return (
    <li className={done ? "guide-done" : undefined}>
      <span className="guide-mark" aria-hidden="true">
        {done ? "✓" : ""}
      </span>
      <div>
        <Text as="h3" variant="headingSm">
          <span aria-hidden="true">{name}</span>
          <Text as="span" visuallyHidden>
            {t(done ? "guide.stepDone" : "guide.stepOpen", { step: name })}
          </Text>
        </Text>
        {!done && (
          <Text as="p" tone="subdued">
            {says}
          </Text>
        )}
      </div>
      {!done && url && (
        <Button url={url} external={external}>
          {action}
        </Button>
      )}
    </li>
  );
}
