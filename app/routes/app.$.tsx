// An address that is no page, inside the app: the navigation stays.
import type { LoaderFunctionArgs } from "@remix-run/node";

export async function loader({ request, context }: LoaderFunctionArgs) {
  await context.shopify.authenticate.admin(request);
  throw new Response("There is no such page.", { status: 404 });
}

export default function Nowhere() {
  return null;
}
