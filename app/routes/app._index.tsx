// Home: the state of the sync at one glance.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData, useNavigation, useSearchParams } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { dayOf } from "../delivery/ledger/day.ts";
import { latestOrders } from "../delivery/ledger/latest-orders.ts";
import { visitorsKnown } from "../delivery/ledger/visitors-known.ts";
import figures from "../pages/figures/figures.css?url";
import { readForm } from "../pages/form.ts";
import { DestinationTable } from "../pages/home/DestinationTable.tsx";
import { HeadlineCard } from "../pages/home/HeadlineCard.tsx";
import { HourChart } from "../pages/home/HourChart.tsx";
import { useHeadline } from "../pages/home/headline.ts";
import styles from "../pages/home/home.css?url";
import type { Sync } from "../pages/home/point.ts";
import { SetupGuide } from "../pages/home/SetupGuide.tsx";
import { useSteps } from "../pages/home/steps.ts";
import { OrderTable } from "../pages/orders/OrderTable.tsx";
import { columnsOf } from "../pages/orders/telling.ts";
import { useRefresh } from "../pages/refresh.ts";
import { steadily } from "../pages/steady.ts";
import { editorOf } from "../pages/storefront/editor.ts";
import { useEmbed } from "../pages/storefront/embed.ts";
import { StorefrontCard } from "../pages/storefront/StorefrontCard.tsx";
import { useTold } from "../pages/texts/telling.ts";
import { foundLately } from "../shopify/found/found.ts";
import { guideOf, hideGuide, noteEmbed } from "../shopify/guide.ts";
import { needsOf } from "../shopify/needs.ts";

export const links: LinksFunction = () => [figures, styles].map((href) => ({ rel: "stylesheet", href }));

const ORDERS = { atFirst: 10, more: 20, most: 90 };

/** How many orders are shown, as the address says it: ?orders=40. */
function readOrders(request: Request): number {
  const asked = Math.trunc(Number(new URL(request.url).searchParams.get("orders")));
  return Math.min(Math.max(asked || 0, ORDERS.atFirst), ORDERS.most);
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session, domain } = await context.shopify.authenticate.admin(request);
  const { road, env } = context;
  const { shop } = session;
  const shown = readOrders(request);
  const [needs, day, orders, visitors, missed, guide] = await Promise.all([
    needsOf(road, shop),
    dayOf(road, shop),
    latestOrders(road, shop, shown + 1),
    visitorsKnown(road, shop),
    foundLately(road, shop),
    guideOf(road, shop),
  ]);
  const sheets = road.destinations.map(({ slug, name, about, deliveredAs }) => ({
    ...{ slug, name, about, deliveredAs: deliveredAs ?? "delivered" },
  }));
  const older = orders.length > shown && shown < ORDERS.most;
  const editor = editorOf(domain, env.SHOPIFY_API_KEY);
  return { needs, day, orders: orders.slice(0, shown), older, sheets, visitors, missed, guide, editor };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const form = await readForm(request);
  switch (form.get("intent")) {
    case "hide-guide":
    case "show-guide":
      await hideGuide(context.road, session.shop, form.get("intent") === "hide-guide");
      return {};
    case "embed-seen":
      await noteEmbed(context.road, session.shop, form.get("on") === "true");
      return {};
    default:
      throw new Response("This is not something the page can do.", { status: 400 });
  }
}

export const clientLoader = steadily();

export default function Home() {
  const { t } = useTranslation("home");
  const data = useLoaderData<typeof loader>();
  const { day, orders, older, sheets, visitors, missed, guide, editor } = data;
  const needs = useTold(data.needs);
  const { now, connections } = needs;
  const isOn = useEmbed(guide.embed);
  const steps = useSteps(needs, { embed: isOn === true, editor });
  const showing = useFetcher();
  useRefresh(4);
  const secondary = [
    ...(connections.length > 0 ? [{ content: t("page.accuracy"), url: "/app/accuracy" }] : []),
    ...(guide.hidden
      ? [
          {
            content: t("page.guide"),
            onAction: () => showing.submit({ intent: "show-guide" }, { method: "post", action: "/app?index" }),
          },
        ]
      : []),
  ];
  return (
    <Page title={t("page.title")} secondaryActions={secondary}>
      <BlockStack gap="400">
        <HeadlineCard {...useHeadline(needs, missed)} />
        {!guide.hidden && <SetupGuide steps={steps} />}
        <DestinationTable sheets={sheets} connections={connections} day={day} now={now} />
        {connections.length > 0 && <HourChart hours={day.hours} />}
        {connections.length > 0 && <Orders {...{ orders, older, sheets, connections, now }} />}
        {connections.length > 0 && <StorefrontCard pixel={data.needs.pixel} {...{ visitors, editor }} embed={isOn} />}
      </BlockStack>
    </Page>
  );
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;
type OrdersProps = Pick<Loaded, "orders" | "older" | "sheets"> & Pick<Sync, "connections" | "now">;

function Orders({ orders, older, sheets, connections, now }: OrdersProps) {
  const { t } = useTranslation("home");
  const [, setParams] = useSearchParams();
  const loading = useNavigation().state !== "idle";
  const show = () =>
    setParams({ orders: String(orders.length + ORDERS.more) }, { preventScrollReset: true, replace: true });
  const deliveredAs = (slug: string) => sheets.find((sheet) => sheet.slug === slug)?.deliveredAs ?? "delivered";
  const columns = columnsOf(orders, connections).map(({ id, name, destination }) => ({
    ...{ id, name, deliveredAs: deliveredAs(destination) },
  }));
  return (
    <OrderTable
      title={t("page.orders")}
      none={t("page.noOrders")}
      {...{ orders, columns, now, more: older ? { show, loading } : null }}
    />
  );
}
