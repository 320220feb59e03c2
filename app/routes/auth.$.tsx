// Shopify's other ways in (leaving the frame): its library answers them.

import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { ShopifyError } from "@shopify/shopify-api";

export async function loader({ request, context }: LoaderFunctionArgs) {
  await context.shopify.authenticate.admin(request).catch((cause: unknown) => {
    // The library refuses to lead to where a stranger would like to, with an error of its own or a plain one.
    if (cause instanceof ShopifyError || (cause instanceof Error && /exit-iframe destination/i.test(cause.message)))
      throw new Response("There is nowhere to go on to from here.", { status: 400, statusText: "Bad Request" });
    throw cause;
  });
  return redirect(`/app${new URL(request.url).search}`);
}
