// "Send the missing ones": asks first where some may have arrived, and says what cannot be sent.
import type { SerializeFrom } from "@remix-run/node";
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { SentAgain } from "../../delivery/accuracy/send-missing.ts";
import { failed, type Tally } from "../../delivery/accuracy/tally.ts";
import type { Vendor } from "../attention/Decide.tsx";
import { Confirm } from "../Confirm.tsx";

interface Props {
  total: Tally;
  vendor: Vendor;
}

export function SendMissing({ total, vendor }: Props) {
  const { t } = useTranslation(["accuracy", "shell"]);
  const fetcher = useFetcher<{ done: SerializeFrom<SentAgain> | null }>();
  const { data, state } = fetcher;
  const ask = () => fetcher.submit({ intent: "send" }, { method: "post" });
  const missing = failed(total);
  if (missing === 0 && !data) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="p">
          {missing === 0 ? t("missing.none") : t("missing.ended", { count: missing, vendor: vendor.name })}
        </Text>
        {missing > 0 && (
          <InlineStack>
            {total.unknown > 0 ? (
              <Confirm
                label={t("missing.send")}
                title={t("missing.ask", { count: missing })}
                says={t(vendor.asks ? "missing.asksFirst" : "missing.mayBeTwice", {
                  count: total.unknown,
                  vendor: vendor.name,
                })}
                loading={state !== "idle"}
                onConfirm={ask}
              />
            ) : (
              <Button onClick={ask} loading={state !== "idle"}>
                {t("missing.send")}
              </Button>
            )}
          </InlineStack>
        )}
        <p aria-live="polite" className="live">
          {data?.done ? wordsOf(data.done, vendor, t) : data && t("shell:frame.noAnswer")}
        </p>
      </BlockStack>
    </Card>
  );
}

/** "3 orders are sent again. 1 order cannot be sent: it was dismissed." */
function wordsOf({ sent, left }: SerializeFrom<SentAgain>, { name }: Vendor, t: TFunction<"accuracy">): string {
  const rest = (Object.keys(left) as (keyof SentAgain["left"])[]).filter((why) => left[why] > 0);
  const said = rest.map((why) => t(`missing.left.${why}`, { count: left[why], vendor: name }));
  return [sent > 0 ? t("missing.sent", { count: sent }) : t("missing.nothing"), ...said].join(" ");
}
