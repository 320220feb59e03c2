// The frame of the embedded pages: nothing below it is drawn without a valid session token.
import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { Outlet } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { shopFacts } from "../delivery/shop-facts.ts";
import { Surroundings } from "../pages/Surroundings.tsx";
import { Trouble } from "../pages/Trouble.tsx";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session, sessionToken, domain } = await context.shopify.authenticate.admin(request);
  const { timeZone } = await shopFacts(context.road.db, session.shop);
  const destinations = context.road.destinations.map(({ slug, name }) => ({ slug, name }));
  return { shop: domain, user: sessionToken.sub, timeZone, sandbox: context.env.sandbox, destinations };
}
export const shouldRevalidate = () => false;
export const headers: HeadersFunction = (from) => boundary.headers(from);

export default function Frame() {
  return (
    <Surroundings>
      <Outlet />
    </Surroundings>
  );
}

/** A page's own trouble leaves the navigation where it is. */
export function ErrorBoundary() {
  return (
    <Surroundings>
      <Trouble />
    </Surroundings>
  );
}
