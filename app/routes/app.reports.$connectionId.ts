// A vendor's own figures as the figures page fetches them, once it is there.
import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { vendorReport } from "../delivery/connections/report.ts";
import { askedRange } from "../pages/figures/asked-range.ts";
import { steadily } from "../pages/steady.ts";

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const { road } = context;
  const range = await askedRange(road, session.shop, request);
  const reported = await vendorReport(road, session.shop, params.connectionId ?? "", range);
  if (!reported) throw new Response("There is no such connection.", { status: 404 });
  return json({ now: road.clock().toISOString(), reported });
}

export const clientLoader = steadily();
