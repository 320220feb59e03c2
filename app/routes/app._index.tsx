// Home: the state of the sync at one glance.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { attention } from "../delivery/attention.ts";
import { latestOrders } from "../delivery/latest-orders.ts";
import { syncState } from "../delivery/ledger.ts";
import { DestinationTable } from "../pages/home/DestinationTable.tsx";
import { HeadlineCard } from "../pages/home/HeadlineCard.tsx";
import { headline } from "../pages/home/headline.ts";
import { OrderTable } from "../pages/orders/OrderTable.tsx";
import { useRefresh } from "../pages/refresh.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const [{ connections }, orders, { webhooks }] = await Promise.all([
    syncState(context.road, session.shop),
    latestOrders(context.road, session.shop, { limit: 20 }),
    attention(context.road, session.shop),
  ]);
  const sheets = context.road.destinations.map(({ slug, name, about, deliveredAs }) => ({
    slug,
    name,
    about,
    deliveredAs: deliveredAs ?? "delivered",
  }));
  return { now: new Date().toISOString(), connections, orders, unreadable: webhooks.length, sheets };
}

export default function Home() {
  const { now, connections, unreadable, orders, sheets } = useLoaderData<typeof loader>();
  useRefresh(4);
  const columns = connections.map(({ destination, name }) => ({
    destination,
    name,
    deliveredAs: sheets.find(({ slug }) => slug === destination)?.deliveredAs ?? "delivered",
  }));
  return (
    <Page title="Home">
      <BlockStack gap="400">
        <HeadlineCard {...headline({ now, connections, unreadable })} />
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
      </BlockStack>
    </Page>
  );
}
