// What stands around every page of the app, and around the trouble in its place: navigation, notices, and the way from page to page.
import { Link, useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Outline } from "./Outline.tsx";
import { useSlow } from "./slow.ts";
import { useAway, useCatchUp } from "./steady.ts";
import { TabTitle } from "./tab-title.ts";
import { LeaveGuard } from "./unsaved.tsx";
import { useWanted } from "./wanted.ts";

/** What the frame's loader knows. */
interface Frame {
  destinations: { slug: string; name: string }[];
  sandbox: boolean;
  timeZone: string;
}

/** What is not known where the frame itself failed is left out. */
export function Surroundings({ children }: { children: ReactNode }) {
  const known = useRouteLoaderData<Frame>("routes/app");
  const { t } = useTranslation("shell");
  const away = useAway();
  const slow = useSlow();
  useWanted();
  useCatchUp();
  return (
    <>
      {known && <Navigation destinations={known.destinations} />}
      {known?.sandbox && <header className="sandbox">{t("frame.sandbox")}</header>}
      <main>
        <p className="away" aria-live="polite">
          {away && t("frame.away")}
        </p>
        <LeaveGuard />
        {slow && <Outline />}
        <div hidden={slow}>
          {/* The texts of another page come with it, and until they are there React keeps this one. A boundary for it here would
              make a page that wakes up be drawn anew when something changes meanwhile: what was typed into it would be lost. */}
          {children}
          <TabTitle />
        </div>
      </main>
      {known && <footer className="zone">{t("frame.zone", { zone: known.timeZone })}</footer>}
    </>
  );
}

function Navigation({ destinations }: { destinations: { slug: string; name: string }[] }) {
  const { t } = useTranslation("shell");
  return (
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
  );
}
