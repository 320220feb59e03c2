// One order: all that happened to it, and what became of each at every connection.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Badge, BlockStack, Card, Link, Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { connectionsToChoose } from "../delivery/activity/choices.ts";
import { orderStory } from "../delivery/activity/order.ts";
import { useAbout } from "../pages/activity/about.ts";
import { useBack } from "../pages/back.ts";
import { OrderEvents } from "../pages/orders/OrderEvents.tsx";
import { OrderFacts } from "../pages/orders/OrderFacts.tsx";
import { useRefresh } from "../pages/refresh.ts";
import { steadily } from "../pages/steady.ts";

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const { road } = context;
  const [order, all] = await Promise.all([
    orderStory(road, session.shop, params.id ?? ""),
    connectionsToChoose(road, session.shop),
  ]);
  if (!order) throw new Response("There is no such order.", { status: 404 });
  const owed = new Set(order.events.flatMap(({ deliveries }) => deliveries.map(({ connectionId }) => connectionId)));
  return {
    order,
    connections: all.filter(({ id, ended }) => !ended || owed.has(id)),
    deliveredAs: Object.fromEntries(
      road.destinations.map(({ slug, deliveredAs = "delivered" }) => [slug, deliveredAs]),
    ),
  };
}

export const clientLoader = steadily();

export default function OrderPage() {
  const { order, connections, deliveredAs } = useLoaderData<typeof loader>();
  const { t } = useTranslation("orders");
  const about = useAbout()({ subject: `order:${order.id}`, name: order.name });
  const back = useBack({ content: t("back"), url: "/app/activity" });
  useRefresh(4);
  return (
    <Page title={about} titleMetadata={order.test && <Badge>{t("test")}</Badge>} backAction={back}>
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="400">
            <OrderFacts order={order} />
          </BlockStack>
        </Card>
        <Card padding="0">
          <div className="card-head">
            <Text as="h2" variant="headingMd">
              {t("became")}
            </Text>
            {order.more && (
              <p>
                {t("moreEvents")}{" "}
                <Link url={`/app/activity?q=${encodeURIComponent(`order:${order.id}`)}`}>{t("inActivity")}</Link>
              </p>
            )}
          </div>
          <OrderEvents events={order.events} {...{ about, connections, deliveredAs }} />
        </Card>
      </BlockStack>
    </Page>
  );
}
