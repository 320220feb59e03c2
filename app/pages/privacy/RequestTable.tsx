// What was asked about people: by whom, when, and what became of it here and at the vendors.
import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Button, Card, Text } from "@shopify/polaris";
import type { TFunction } from "i18next";
import { useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import type { ErasureLine } from "../../delivery/erasure/record.ts";
import type { DataRequestLine } from "../../delivery/people/data-requests.ts";
import { AtVendors } from "../settings/AtVendors.tsx";
import { Clock } from "../time.tsx";
import { download } from "./download.ts";

type Erasure = SerializeFrom<ErasureLine>;
type DataRequest = SerializeFrom<DataRequestLine>;
interface Props {
  erasures: Erasure[];
  dataRequests: DataRequest[];
}

export function RequestTable({ erasures, dataRequests }: Props) {
  const { t } = useTranslation("privacy");
  const lines = [
    ...erasures.map((one) => ({ at: one.askedAt, line: <ErasureRow key={`erasure-${one.id}`} one={one} /> })),
    ...dataRequests.map((one) => ({ at: one.askedAt, line: <DataRow key={`data-${one.id}`} one={one} /> })),
  ].toSorted((one, other) => (one.at < other.at ? 1 : -1));
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          {t("requests.title")}
        </Text>
        <Text as="p" tone="subdued">
          {lines.length === 0 ? t("requests.none") : t("requests.about")}
        </Text>
      </div>
      {lines.length > 0 && (
        <table className="lines states told" aria-label={t("requests.title")}>
          <thead>
            <tr>
              <th scope="col">{t("requests.who")}</th>
              <th scope="col">{t("requests.asked")}</th>
              <th scope="col">{t("requests.became")}</th>
            </tr>
          </thead>
          <tbody>{lines.map(({ line }) => line)}</tbody>
        </table>
      )}
    </Card>
  );
}

function whoIs(
  { customerId, nobody }: { customerId: string | null; nobody: boolean },
  t: TFunction<"privacy">,
): string {
  if (nobody) return t("requests.nobody");
  return customerId ? t("requests.customer", { id: customerId }) : t("requests.noId");
}

/** A sentence with a time in it. */
function Timed({ of, at }: { of: "byShopify" | "byHand" | "erased" | "fileErased" | "until"; at: string }) {
  return <Trans ns="privacy" i18nKey={`requests.${of}`} components={{ clock: <Clock at={at} /> }} />;
}

function ErasureRow({ one }: { one: Erasure }) {
  const { t } = useTranslation("privacy");
  return (
    <tr>
      <th scope="row">{whoIs(one, t)}</th>
      <td data-label={t("requests.asked")}>
        {t("requests.toBeErased")}
        <small>
          <Timed of={one.by === "shopify" ? "byShopify" : "byHand"} at={one.askedAt} />
        </small>
      </td>
      <td data-label={t("requests.became")}>
        {one.nobody && t("requests.nothingToDo")}
        {!one.nobody && (one.doneAt ? <Timed of="erased" at={one.doneAt} /> : t("requests.underWay"))}
        {one.vendors.length > 0 && <AtVendors forgotten={one.vendors} />}
      </td>
    </tr>
  );
}

function DataRow({ one }: { one: DataRequest }) {
  const { t } = useTranslation("privacy");
  return (
    <tr>
      <th scope="row">{whoIs(one, t)}</th>
      <td data-label={t("requests.asked")}>
        {t("requests.whatIsHeld")}
        <small>
          <Timed of="byShopify" at={one.askedAt} />
        </small>
      </td>
      <td data-label={t("requests.became")}>
        {one.holds && <p>{held(one.holds, t)}</p>}
        <File one={one} />
      </td>
    </tr>
  );
}

function held(holds: NonNullable<DataRequest["holds"]>, t: TFunction<"privacy">): string {
  const { orders, events, deliveries, remembered, webhooks } = holds;
  if (events + remembered + webhooks === 0) return t("requests.nothingHeld");
  return t("requests.held", {
    orders: t("requests.orders", { count: orders }),
    events: t("requests.events", { count: events }),
    deliveries: t("requests.deliveries", { count: deliveries }),
    webhooks: t("requests.webhooks", { count: webhooks }),
  });
}

function File({ one: { id, nobody, until, erasedAt } }: { one: DataRequest }) {
  const { t } = useTranslation(["privacy", "shell"]);
  const [why, setWhy] = useState<Awaited<ReturnType<typeof download>>>(null);
  const [loading, setLoading] = useState(false);
  if (nobody) return <p>{t("requests.nothingToDo")}</p>;
  if (erasedAt)
    return (
      <p>
        <Timed of="fileErased" at={erasedAt} />
      </p>
    );
  if (!until) return <p>{t("requests.fileOver")}</p>;
  const fetchIt = async () => {
    setLoading(true);
    setWhy(await download(`/app/data-requests/${id}`, `data-request-${id}.json`));
    setLoading(false);
  };
  return (
    <BlockStack gap="100" inlineAlign="start">
      <Button onClick={fetchIt} loading={loading} accessibilityLabel={t("requests.downloadOf", { id })}>
        {t("requests.download")}
      </Button>
      <small>
        <Timed of="until" at={until} />
      </small>
      <span aria-live="polite">{why && t(why === "gone" ? "requests.noFile" : "shell:frame.noAnswer")}</span>
    </BlockStack>
  );
}
