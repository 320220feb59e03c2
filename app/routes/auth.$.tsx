// Shopify's other ways in (leaving the frame): its library answers them.
import { type LoaderFunctionArgs, redirect } from "@remix-run/node";

export async function loader({ request, context }: LoaderFunctionArgs) {
  await context.shopify.authenticate.admin(request).catch((cause: unknown) => {
    // The library throws a plain Error where the address to leave for is missing or leads elsewhere: anyone can write that.
    if (cause instanceof Error && /exit-iframe destination/i.test(cause.message))
      throw new Response("There is nowhere to go on to from here.", { status: 400 });
    throw cause;
  });
  return redirect(`/app${new URL(request.url).search}`);
}
