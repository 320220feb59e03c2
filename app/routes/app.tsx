// The frame of the embedded pages: nothing below it is drawn without a valid session token.
import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { Link, Outlet, useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { useAway } from "../pages/steady.ts";
import { Trouble } from "../pages/Trouble.tsx";
import { useWanted } from "../pages/wanted.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const destinations = context.road.destinations.map(({ slug, name }) => ({ slug, name }));
  return { shop: session.shop, sandbox: context.env.sandbox, destinations };
}
export const shouldRevalidate = () => false;
export const headers: HeadersFunction = (from) => boundary.headers(from);

export default function Frame() {
  const { sandbox, destinations } = useLoaderData<typeof loader>();
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
      <Outlet />
    </>
  );
}

export function ErrorBoundary() {
  return <Trouble />;
}
