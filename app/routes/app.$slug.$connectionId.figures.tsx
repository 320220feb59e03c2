// A vendor's own figures for a connection; the vendor is asked once the page is there.
import type { LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, Page, SkeletonBodyText, Text } from "@shopify/polaris";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Told } from "../base/reason.ts";
import { getConnection } from "../delivery/connections/connections.ts";
import { shopFacts } from "../delivery/shop-facts.ts";
import type { Range } from "../destinations/destination.ts";
import styles from "../pages/figures/figures.css?url";
import { RangeForm } from "../pages/figures/RangeForm.tsx";
import { ReportCards } from "../pages/figures/ReportCards.tsx";
import { readRange } from "../pages/figures/range.ts";
import { useRefresh } from "../pages/refresh.ts";
import { steadily } from "../pages/steady.ts";
import { useTold } from "../pages/texts/telling.ts";
import { WithAgo } from "../pages/time.tsx";
import { sentence } from "../pages/words.ts";
import type { loader as report } from "./app.reports.$connectionId.ts";

export const links: LinksFunction = () => [{ rel: "stylesheet", href: styles }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const { road } = context;
  const connection = await getConnection(road, session.shop, params.connectionId ?? "");
  const sheet = road.destinations.find(({ slug }) => slug === params.slug);
  if (!sheet || connection?.destination !== sheet.slug) throw new Response("There is no such page.", { status: 404 });
  const { timeZone } = await shopFacts(road.db, session.shop);
  const range = readRange(new URL(request.url).searchParams, road.clock(), timeZone);
  const { id, name } = connection;
  return {
    slug: sheet.slug,
    vendor: sheet.name,
    dated: sheet.report !== undefined && !sheet.reportsNow,
    id,
    name,
    range,
  };
}

export const clientLoader = steadily();

export default function FiguresPage() {
  const { slug, vendor, dated, id, name, range } = useLoaderData<typeof loader>();
  const { t } = useTranslation("figures");
  const asked = `/app/reports/${id}?from=${range.from}&to=${range.to}`;
  const fetcher = useFetcher<typeof report>({ key: asked });
  const { load, state } = fetcher;
  const data = useTold(fetcher.data);
  const wrong = range.error !== null;
  useEffect(() => {
    if (!wrong) load(asked);
  }, [load, asked, wrong]);
  useRefresh(60);
  return (
    <Page
      title={t("title", { name })}
      subtitle={t("subtitle", { vendor })}
      backAction={{ content: name, url: `/app/${slug}/${id}` }}
    >
      <BlockStack gap="400">
        {dated && <RangeForm range={range} busy={state !== "idle" && !data} />}
        {!wrong && (
          <Answer vendor={vendor} range={range} told={data} busy={state !== "idle"} again={() => load(asked)} />
        )}
      </BlockStack>
    </Page>
  );
}

interface AnswerProps {
  vendor: string;
  range: Range;
  told: Told<ReturnType<typeof useFetcher<typeof report>>["data"]>;
  busy: boolean;
  again: () => void;
}

function Answer({ vendor, range, told, busy, again }: AnswerProps) {
  const { t } = useTranslation("figures");
  if (!told) return <Asking vendor={vendor} />;
  const { reported, now } = told;
  if (reported.is === "none") {
    return (
      <Card>
        <Text as="p">{t("noCall", { vendor })}</Text>
      </Card>
    );
  }
  if (reported.is === "failed") {
    return (
      <Banner tone="warning" title={t("failedTitle")}>
        <BlockStack gap="300" inlineAlign="start">
          <p>{sentence(reported.says)}</p>
          <Button onClick={again} loading={busy}>
            {t("tryAgain")}
          </Button>
        </BlockStack>
      </Banner>
    );
  }
  return (
    <BlockStack gap="400">
      <p className="fetched">
        <WithAgo text={t("fetched")} at={reported.fetchedAt} now={now} />
      </p>
      <ReportCards report={reported.report} range={range} />
    </BlockStack>
  );
}

function Asking({ vendor }: { vendor: string }) {
  const { t } = useTranslation("figures");
  return (
    <Card>
      <BlockStack gap="400">
        <p aria-live="polite">{t("asking", { vendor })}</p>
        <SkeletonBodyText lines={6} />
      </BlockStack>
    </Card>
  );
}
