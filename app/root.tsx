// The document around every page: App Bridge first, then Polaris.
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteLoaderData } from "@remix-run/react";
import polaris from "@shopify/polaris/build/esm/styles.css?url";
import { AppProvider } from "@shopify/shopify-app-remix/react";
import { type ReactNode, useContext } from "react";
import { Nonce } from "./pages/nonce.ts";
import pages from "./pages/pages.css?url";
import { Trouble } from "./pages/Trouble.tsx";
import { SANDBOX_KEY } from "./shopify/domain.ts";

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M2 12h4l4-8h4' fill='none' stroke='%23303030' stroke-width='2'/%3E%3C/svg%3E";

export const meta: MetaFunction = () => [{ title: "Switchyard" }];
export const links: LinksFunction = () => [
  { rel: "stylesheet", href: polaris },
  { rel: "stylesheet", href: pages },
  { rel: "icon", href: ICON },
];

export function loader({ context }: LoaderFunctionArgs) {
  const { env } = context;
  return {
    apiKey: env.SHOPIFY_API_KEY ?? SANDBOX_KEY,
    appBridge: env.sandbox ? "/sandbox/app-bridge.js" : "https://cdn.shopify.com/shopifycloud/app-bridge.js",
  };
}
export const shouldRevalidate = () => false;

export function Layout({ children }: { children: ReactNode }) {
  const known = useRouteLoaderData<typeof loader>("root");
  const nonce = useContext(Nonce);
  return (
    <html lang="en">
      <head>
        {known && <script src={known.appBridge} data-api-key={known.apiKey} />}
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        {/* App Bridge is in the head already. */}
        <AppProvider isEmbeddedApp={false} apiKey={known?.apiKey ?? ""}>
          {children}
        </AppProvider>
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
  return <Trouble />;
}
