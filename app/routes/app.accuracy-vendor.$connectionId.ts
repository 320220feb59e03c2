// The vendor's own count by day, as the accuracy page fetches it once it is there.
import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { vendorCount } from "../delivery/accuracy/vendor-count.ts";
import { shopFacts } from "../delivery/shop-facts.ts";
import { readRange } from "../pages/figures/range.ts";
import { steadily } from "../pages/steady.ts";

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const { road } = context;
  const { timeZone } = await shopFacts(road.db, session.shop);
  const { from, to, error } = readRange(new URL(request.url).searchParams, road.clock(), timeZone);
  if (error) throw new Response(error, { status: 400 });
  const count = await vendorCount(road, session.shop, params.connectionId ?? "", { from, to });
  if (!count) throw new Response("There is no such connection.", { status: 404 });
  return json({ now: road.clock().toISOString(), count });
}

export const clientLoader = steadily();
