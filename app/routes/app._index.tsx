// Home: the state of the sync at one glance.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigation, useSearchParams } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { latestOrders } from "../delivery/ledger/latest-orders.ts";
import { syncState } from "../delivery/ledger/ledger.ts";
import { unreadable as unreadableWebhooks } from "../delivery/ledger/unreadable.ts";
import { visitorsKnown } from "../delivery/ledger/visitors-known.ts";
import { openAlerts } from "../delivery/upkeep/alerts.ts";
import { DestinationTable } from "../pages/home/DestinationTable.tsx";
import { HeadlineCard } from "../pages/home/HeadlineCard.tsx";
import { headline } from "../pages/home/headline.ts";
import { OrderTable } from "../pages/orders/OrderTable.tsx";
import { useRefresh } from "../pages/refresh.ts";
import { steadily } from "../pages/steady.ts";
import { editorOf } from "../pages/storefront/editor.ts";
import { StorefrontCard } from "../pages/storefront/StorefrontCard.tsx";
import { foundLately } from "../shopify/found/found.ts";
import { pixelState } from "../shopify/pixel.ts";
import { lacksOf } from "../shopify/set-up.ts";

const ORDERS = { atFirst: 10, more: 20, most: 90 };

/** How many orders are shown, as the address says it: ?orders=40. */
function readOrders(request: Request): number {
  const asked = Math.trunc(Number(new URL(request.url).searchParams.get("orders")));
  return Math.min(Math.max(asked || 0, ORDERS.atFirst), ORDERS.most);
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const { road, env } = context;
  const { shop } = session;
  const shown = readOrders(request);
  const [connections, orders, groups, alerts, pixel, visitors, lacks, missed] = await Promise.all([
    syncState(road, shop),
    latestOrders(road, shop, shown + 1),
    unreadableWebhooks(road, shop),
    openAlerts(road, shop),
    pixelState(road, shop),
    visitorsKnown(road, shop),
    lacksOf(road, shop),
    foundLately(road, shop),
  ]);
  const sheets = road.destinations.map(({ slug, name, about, deliveredAs }) => ({
    slug,
    name,
    about,
    deliveredAs: deliveredAs ?? "delivered",
  }));
  const storefront = { pixel, visitors, editor: editorOf(shop, env.SHOPIFY_API_KEY) };
  const unreadable = groups.reduce((sum, { count }) => sum + count, 0);
  return {
    now: new Date().toISOString(),
    connections,
    orders: orders.slice(0, shown),
    older: orders.length > shown && shown < ORDERS.most,
    unreadable,
    alerts,
    sheets,
    storefront,
    lacks,
    missed,
  };
}

export const clientLoader = steadily();

export default function Home() {
  const { now, connections, unreadable, orders, older, alerts, sheets, storefront, lacks, missed } =
    useLoaderData<typeof loader>();
  const [, setParams] = useSearchParams();
  const loading = useNavigation().state !== "idle";
  useRefresh(4);
  const show = () =>
    setParams({ orders: String(orders.length + ORDERS.more) }, { preventScrollReset: true, replace: true });
  const columns = connections.map(({ destination, name }) => ({
    destination,
    name,
    deliveredAs: sheets.find(({ slug }) => slug === destination)?.deliveredAs ?? "delivered",
  }));
  return (
    <Page title="Home" secondaryActions={columns.length > 0 ? [{ content: "Accuracy", url: "/app/accuracy" }] : []}>
      <BlockStack gap="400">
        <HeadlineCard {...headline({ now, connections, unreadable, alerts, pixel: storefront.pixel, lacks, missed })} />
        <DestinationTable sheets={sheets} connections={connections} now={now} />
        {columns.length > 0 && (
          <OrderTable
            title="Latest orders"
            none="No order has come since the first destination was connected. New ones appear here by themselves."
            orders={orders}
            columns={columns}
            now={now}
            more={older ? { show, loading } : null}
          />
        )}
        {columns.length > 0 && <StorefrontCard {...storefront} />}
      </BlockStack>
    </Page>
  );
}
