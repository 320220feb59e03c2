// The frame of the embedded pages: nothing below it is drawn without a valid session token.
import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { Link, Outlet, useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { useTranslation } from "react-i18next";
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
  const { t } = useTranslation("shell");
  const away = useAway();
  useWanted();
  return (
    <>
      <ui-nav-menu>
        <Link to="/app" rel="home">
          {t("nav.home")}
        </Link>
        <Link to="/app/activity">{t("nav.activity")}</Link>
        <Link to="/app/accuracy">{t("nav.accuracy")}</Link>
        <Link to="/app/attention">{t("nav.attention")}</Link>
        <Link to="/app/settings">{t("nav.settings")}</Link>
        {destinations.map(({ slug, name }) => (
          <Link key={slug} to={`/app/${slug}`}>
            {name}
          </Link>
        ))}
      </ui-nav-menu>
      {sandbox && <p className="sandbox">{t("frame.sandbox")}</p>}
      <p className="away" aria-live="polite">
        {away && t("frame.away")}
      </p>
      <LeaveGuard />
      <Outlet />
      <p className="zone">{t("frame.zone", { zone: timeZone })}</p>
    </>
  );
}

export function ErrorBoundary() {
  return <Trouble />;
}
