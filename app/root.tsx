// The document around every page: App Bridge first, then Polaris.
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteLoaderData } from "@remix-run/react";
import polaris from "@shopify/polaris/build/esm/styles.css?url";
import { type ReactNode, useContext } from "react";
import { useTranslation } from "react-i18next";
import { Nonce } from "./pages/nonce.ts";
import { Polaris } from "./pages/Polaris.tsx";
import pages from "./pages/pages.css?url";
import { Trouble } from "./pages/Trouble.tsx";
import { languageOf } from "./pages/texts/languages.ts";
import { SANDBOX_KEY } from "./shopify/domain.ts";
import { localeOf } from "./shopify/locale-cookie.ts";

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M2 12h4l4-8h4' fill='none' stroke='%23303030' stroke-width='2'/%3E%3C/svg%3E";

export const meta: MetaFunction = () => [{ title: "Switchyard" }];
export const links: LinksFunction = () => [
  { rel: "stylesheet", href: polaris },
  { rel: "stylesheet", href: pages },
  { rel: "icon", href: ICON },
];

export function loader({ request, context }: LoaderFunctionArgs) {
  const { env } = context;
  return {
    language: languageOf(localeOf(request)),
    apiKey: env.SHOPIFY_API_KEY ?? SANDBOX_KEY,
    appBridge: env.sandbox ? "/sandbox/app-bridge.js" : "https://cdn.shopify.com/shopifycloud/app-bridge.js",
  };
}
export const shouldRevalidate = () => false;

export function Layout({ children }: { children: ReactNode }) {
  const known = useRouteLoaderData<typeof loader>("root");
  const nonce = useContext(Nonce);
  const { i18n } = useTranslation();
  return (
    <html lang={i18n.language}>
      <head>
        {known && <script src={known.appBridge} data-api-key={known.apiKey} />}
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        <Polaris>{children}</Polaris>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  return (
    <main>
      <Trouble />
    </main>
  );
}
