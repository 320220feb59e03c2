// What a preview found: each request as it would leave, or why there would be none.
import { Banner, BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Reason } from "../../base/reason.ts";
import { useFormats } from "../formats.ts";
import { useReason } from "../texts/telling.ts";
import { sentence, useWords } from "../words.ts";

interface Written {
  method: string;
  address: string;
  headers: [name: string, value: string][];
  /** "": it has none. */
  body: string;
}
export type Shown =
  | { is: "wrong form"; errors: Record<string, Reason> }
  | { is: "no event" }
  | {
      is: "preview";
      kind: string;
      reason: Reason | null;
      besides: Reason | null;
      requests: Written[];
      declares: string[];
    };

export function PreviewResult({ shown, vendor }: { shown: Shown; vendor: string }) {
  const { t } = useTranslation("preview");
  const { kind: kindWords } = useWords();
  const tell = useReason();
  const { list } = useFormats();
  if (shown.is === "wrong form") return <Banner tone="critical">{t("result.wrongForm")}</Banner>;
  if (shown.is === "no event") return <Banner tone="warning">{t("result.noEvent")}</Banner>;
  const { kind, reason, besides, requests, declares } = shown;
  if (reason)
    return (
      <Banner tone="info" title={t("result.skipped", { kind: kindWords(kind) })}>
        <p>{sentence(tell(reason))}</p>
      </Banner>
    );
  return (
    <BlockStack gap="400">
      {besides && <Banner tone="info">{t("result.besides", { reason: sentence(tell(besides)) })}</Banner>}
      <Text as="p">{t("result.requests", { count: requests.length, vendor })}</Text>
      {declares.length > 0 && <Text as="p">{t("result.declares", { vendor, list: list(declares) })}</Text>}
      {requests.map((request, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no other name, and stay in their order
        <RequestBox key={at} request={request} number={at + 1} />
      ))}
    </BlockStack>
  );
}

function RequestBox({ request, number }: { request: Written; number: number }) {
  const { t } = useTranslation("preview");
  const { method, address, headers, body } = request;
  return (
    <section aria-label={t("result.request", { number })}>
      <BlockStack gap="200">
        <Text as="h3" variant="headingSm">
          {t("result.request", { number })}
        </Text>
        <pre className="answer">{`${method} ${address}`}</pre>
        <Text as="p">{t("result.headers")}</Text>
        <pre className="answer">{headers.map(([name, value]) => `${name}: ${value}`).join("\n")}</pre>
        <Text as="p">{body === "" ? t("result.noBody") : t("result.body")}</Text>
        {body !== "" && <pre className="answer">{body}</pre>}
      </BlockStack>
    </section>
  );
}
