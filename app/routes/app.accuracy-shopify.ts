// Shopify's own count of orders by day beside ours, as the accuracy page fetches it once it is there.
import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { accuracy } from "../delivery/accuracy/accuracy.ts";
import { shopFacts } from "../delivery/shop-facts.ts";
import { readRange } from "../pages/figures/range.ts";
import { steadily } from "../pages/steady.ts";
import { type Graphql, openAsk } from "../shopify/asking.ts";
import { countOrders } from "../shopify/found/orders-count.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session, admin } = await context.shopify.authenticate.admin(request);
  const { road } = context;
  const { timeZone } = await shopFacts(road.db, session.shop);
  const { from, to, error } = readRange(new URL(request.url).searchParams, road.clock(), timeZone);
  if (error) throw new Response(error, { status: 400 });
  const ask = openAsk(road, session.shop, async () => admin.graphql as Graphql);
  const [counted, ours] = await Promise.all([
    countOrders(ask, { from, to }, timeZone),
    accuracy(road, session.shop, { from, to }, null),
  ]);
  const known = new Map(ours[0]?.days.map(({ day, orders }) => [day, orders]));
  return json({ says: counted.says, days: counted.days.map((one) => ({ ...one, ours: known.get(one.day) ?? 0 })) });
}

export const clientLoader = steadily();
