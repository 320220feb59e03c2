// The frame of the embedded pages: nothing below it is drawn without a valid session token.
import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { Link, Outlet, useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { shopFacts } from "../delivery/shop-facts.ts";
import { useAway } from "../pages/steady.ts";
import { Trouble } from "../pages/Trouble.tsx";
import { LeaveGuard } from "../pages/unsaved.tsx";
import { useWanted } from "../pages/wanted.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session, sessionToken } = await context.shopify.authenticate.admin(request);
  const { timeZone } = await shopFacts(context.road.db, session.shop);
  const destinations = context.road.destinations.map(({ slug, name }) => ({ slug, name }));
  return { shop: session.shop, user: sessionToken.sub, timeZone, sandbox: context.env.sandbox, destinations };
}
export const shouldRevalidate = () => false;
export const headers: HeadersFunction = (from) => boundary.headers(from);

export default function Frame() {
  const { sandbox, destinations, timeZone } = useLoaderData<typeof loader>();
  const away = useAway();
  useWanted();
  return (
    <>
      <ui-nav-menu>
        <Link to="/app" rel="home">
          Home
        </Link>
        <Link to="/app/accuracy">Accuracy</Link>
        <Link to="/app/attention">Needs attention</Link>
        <Link to="/app/settings">Settings</Link>
        {destinations.map(({ slug, name }) => (
          <Link key={slug} to={`/app/${slug}`}>
            {name}
          </Link>
        ))}
      </ui-nav-menu>
      {sandbox && (
        <p className="sandbox">Sandbox: the shop, its buyers and the vendors are simulated on this machine.</p>
      )}
      <p className="away" aria-live="polite">
        {away && "Switchyard does not answer just now. What you see is as it was last; nothing is lost."}
      </p>
      <LeaveGuard />
      <Outlet />
      <p className="zone">All times are in your shop’s time zone, {timeZone}.</p>
    </>
  );
}

export function ErrorBoundary() {
  return <Trouble />;
}
