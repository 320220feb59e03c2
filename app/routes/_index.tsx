// The bare address: into the app for who comes from Shopify, the sandbox's panel in the sandbox.
import { type LoaderFunctionArgs, redirect } from "@remix-run/node";

export function loader({ request, context }: LoaderFunctionArgs) {
  const { search, searchParams } = new URL(request.url);
  if (searchParams.has("shop")) return redirect(`/app${search}`);
  return redirect(context.env.sandbox ? "/sandbox" : "/auth/login");
}
