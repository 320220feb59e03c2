// Shopify's other ways in (leaving the frame): its library answers them.
import { type LoaderFunctionArgs, redirect } from "@remix-run/node";

export async function loader({ request, context }: LoaderFunctionArgs) {
  await context.shopify.authenticate.admin(request);
  return redirect(`/app${new URL(request.url).search}`);
}
