// Shopify's other ways in (leaving the frame): its library answers them.

import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { ShopifyError } from "@shopify/shopify-api";

export async function loader({ request, context }: LoaderFunctionArgs) {
  await context.shopify.authenticate.admin(request).catch((error: unknown) => {
    // The library refuses to lead out of the frame to where a stranger would like to.
    if (error instanceof ShopifyError)
      throw new Response("The address leads nowhere.", { status: 400, statusText: "Bad Request" });
    throw error;
  });
  return redirect(`/app${new URL(request.url).search}`);
}
