// Shopify's own count of orders by day beside ours, as the accuracy page fetches it once it is there.
import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { accuracy } from "../delivery/accuracy/accuracy.ts";
import { askedRange } from "../pages/figures/asked-range.ts";
import { steadily } from "../pages/steady.ts";
import { type Graphql, openAsk } from "../shopify/asking.ts";
import { countOrders } from "../shopify/found/orders-count.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session, admin } = await context.shopify.authenticate.admin(request);
  const { road } = context;
  const { timeZone, ...range } = await askedRange(road, session.shop, request);
  const ask = openAsk(road, session.shop, async () => admin.graphql as Graphql);
  const [counted, ours] = await Promise.all([
    countOrders(ask, range, timeZone),
    accuracy(road, session.shop, range, null),
  ]);
  const known = new Map(ours[0]?.days.map(({ day, orders }) => [day, orders]));
  return json({ says: counted.says, days: counted.days.map((one) => ({ ...one, ours: known.get(one.day) ?? 0 })) });
}

export const clientLoader = steadily();
