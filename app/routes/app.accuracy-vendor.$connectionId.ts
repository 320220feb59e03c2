// The vendor's own count by day, as the accuracy page fetches it once it is there.
import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { vendorCount } from "../delivery/accuracy/vendor-count.ts";
import { askedRange } from "../pages/figures/asked-range.ts";
import { steadily } from "../pages/steady.ts";

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const { road } = context;
  const range = await askedRange(road, session.shop, request);
  const count = await vendorCount(road, session.shop, params.connectionId ?? "", range);
  if (!count) throw new Response("There is no such connection.", { status: 404 });
  return json({ now: road.clock().toISOString(), count });
}

export const clientLoader = steadily();
