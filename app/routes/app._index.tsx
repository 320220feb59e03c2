// Home: the state of the sync at one glance.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
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
import { editorOf } from "../pages/storefront/editor.ts";
import { StorefrontCard } from "../pages/storefront/StorefrontCard.tsx";
import { pixelState } from "../shopify/pixel.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const { road, env } = context;
  const { shop } = session;
  const [{ connections }, orders, groups, alerts, pixel, visitors] = await Promise.all([
    syncState(road, shop),
    latestOrders(road, shop, { limit: 20 }),
    unreadableWebhooks(road, shop),
    openAlerts(road, shop),
    pixelState(road, shop),
    visitorsKnown(road, shop),
  ]);
  const sheets = road.destinations.map(({ slug, name, about, deliveredAs, ownApp }) => ({
    slug,
    name,
    about,
    deliveredAs: deliveredAs ?? "delivered",
    hasOwnApp: ownApp !== undefined,
  }));
  const storefront = { pixel, visitors, editor: editorOf(shop, env.SHOPIFY_API_KEY) };
  const unreadable = groups.reduce((sum, { count }) => sum + count, 0);
  return { now: new Date().toISOString(), connections, orders, unreadable, alerts, sheets, storefront };
}

export default function Home() {
  const { now, connections, unreadable, orders, alerts, sheets, storefront } = useLoaderData<typeof loader>();
  useRefresh(4);
  const columns = connections.map(({ destination, name }) => ({
    destination,
    name,
    deliveredAs: sheets.find(({ slug }) => slug === destination)?.deliveredAs ?? "delivered",
  }));
  return (
    <Page title="Home">
      <BlockStack gap="400">
        <HeadlineCard {...headline({ now, connections, unreadable, alerts, sheets, pixel: storefront.pixel })} />
        <DestinationTable sheets={sheets} connections={connections} now={now} />
        {columns.length > 0 && (
          <OrderTable
            title="Latest orders"
            none="No order has come since the first destination was connected. New ones appear here by themselves."
            orders={orders}
            columns={columns}
            now={now}
          />
        )}
        {columns.length > 0 && <StorefrontCard {...storefront} />}
      </BlockStack>
    </Page>
  );
}
