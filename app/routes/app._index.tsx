// Home: the state of the sync at one glance.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigation, useSearchParams } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { latestOrders } from "../delivery/ledger/latest-orders.ts";
import { visitorsKnown } from "../delivery/ledger/visitors-known.ts";
import { DestinationTable } from "../pages/home/DestinationTable.tsx";
import { HeadlineCard } from "../pages/home/HeadlineCard.tsx";
import { headline } from "../pages/home/headline.ts";
import { OrderTable } from "../pages/orders/OrderTable.tsx";
import { columnsOf } from "../pages/orders/telling.ts";
import { useRefresh } from "../pages/refresh.ts";
import { steadily } from "../pages/steady.ts";
import { editorOf } from "../pages/storefront/editor.ts";
import { StorefrontCard } from "../pages/storefront/StorefrontCard.tsx";
import { useTold } from "../pages/texts/telling.ts";
import { useZone } from "../pages/time.tsx";
import { foundLately } from "../shopify/found/found.ts";
import { needsOf } from "../shopify/needs.ts";

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
  const [needs, orders, visitors, missed] = await Promise.all([
    needsOf(road, shop),
    latestOrders(road, shop, shown + 1),
    visitorsKnown(road, shop),
    foundLately(road, shop),
  ]);
  const sheets = road.destinations.map(({ slug, name, about, deliveredAs }) => ({
    slug,
    name,
    about,
    deliveredAs: deliveredAs ?? "delivered",
  }));
  const storefront = { pixel: needs.pixel, visitors, editor: editorOf(shop, env.SHOPIFY_API_KEY) };
  return {
    ...needs,
    orders: orders.slice(0, shown),
    older: orders.length > shown && shown < ORDERS.most,
    sheets,
    storefront,
    missed,
  };
}

export const clientLoader = steadily();

export default function Home() {
  const data = useLoaderData<typeof loader>();
  const { orders, older, sheets, storefront, missed } = data;
  const needs = useTold(data);
  const { now, connections } = needs;
  const zone = useZone();
  const [, setParams] = useSearchParams();
  const loading = useNavigation().state !== "idle";
  useRefresh(4);
  const show = () =>
    setParams({ orders: String(orders.length + ORDERS.more) }, { preventScrollReset: true, replace: true });
  const deliveredAs = (destination: string) =>
    sheets.find(({ slug }) => slug === destination)?.deliveredAs ?? "delivered";
  const columns = columnsOf(orders, connections).map(({ id, name, destination }) => ({
    ...{ id, name, deliveredAs: deliveredAs(destination) },
  }));
  return (
    <Page title="Home" secondaryActions={connections.length > 0 ? [{ content: "Accuracy", url: "/app/accuracy" }] : []}>
      <BlockStack gap="400">
        <HeadlineCard {...headline({ ...needs, zone, missed })} />
        <DestinationTable sheets={sheets} connections={connections} now={now} />
        {connections.length > 0 && (
          <OrderTable
            title="Latest orders"
            none="No order has come since the first destination was connected. New ones appear here by themselves."
            orders={orders}
            columns={columns}
            now={now}
            more={older ? { show, loading } : null}
          />
        )}
        {connections.length > 0 && <StorefrontCard {...storefront} />}
      </BlockStack>
    </Page>
  );
}
