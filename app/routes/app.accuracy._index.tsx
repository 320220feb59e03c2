// Accuracy: of the orders of some days, what became of them at each destination.
import type { LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigation } from "@remix-run/react";
import { BlockStack, Card, Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { accuracy } from "../delivery/accuracy/accuracy.ts";
import { shopFacts } from "../delivery/shop-facts.ts";
import accuracyStyles from "../pages/accuracy/accuracy.css?url";
import { ConnectionLines } from "../pages/accuracy/ConnectionLines.tsx";
import { Download } from "../pages/accuracy/Download.tsx";
import { ShopifyCard } from "../pages/accuracy/ShopifyCard.tsx";
import { Chart } from "../pages/figures/Chart.tsx";
import styles from "../pages/figures/figures.css?url";
import { RangeForm } from "../pages/figures/RangeForm.tsx";
import { readRange } from "../pages/figures/range.ts";
import { useRefresh } from "../pages/refresh.ts";
import { steadily } from "../pages/steady.ts";

export const links: LinksFunction = () => [styles, accuracyStyles].map((href) => ({ rel: "stylesheet", href }));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const { road } = context;
  const { timeZone } = await shopFacts(road.db, session.shop);
  const range = readRange(new URL(request.url).searchParams, road.clock(), timeZone);
  const all = range.error === null ? await accuracy(road, session.shop, range, null) : [];
  const points = (all[0]?.days ?? []).map(({ day, orders }) => ({ label: day, value: orders }));
  return { range, timeZone, points, lines: all.map(({ days: _, ...line }) => line) };
}

export const clientLoader = steadily();

export default function AccuracyPage() {
  const { range, timeZone, lines, points } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["accuracy", "shell"]);
  const busy = useNavigation().state !== "idle";
  useRefresh(60);
  const query = `from=${range.from}&to=${range.to}`;
  return (
    <Page
      title={t("title")}
      subtitle={t("subtitle", { zone: timeZone })}
      backAction={{ content: t("shell:nav.home"), url: "/app" }}
    >
      <BlockStack gap="400">
        <RangeForm range={range} busy={busy} />
        {range.error === null && lines.length === 0 && (
          <Card>
            <Text as="p">{t("noDestination")}</Text>
          </Card>
        )}
        {lines.length > 0 && (
          <>
            <ConnectionLines lines={lines} query={query} />
            <p className="fetched">{t("explained")}</p>
            <Card>
              <Chart chart={{ title: t("charts.orders"), kind: "bars", points }} range={range} />
            </Card>
            <ShopifyCard range={range} />
            <div className="downloads">
              <Download
                label={t("download.days")}
                from={`/app/accuracy-csv?${query}`}
                name={`accuracy-${range.from}-${range.to}.csv`}
              />
            </div>
          </>
        )}
      </BlockStack>
    </Page>
  );
}
