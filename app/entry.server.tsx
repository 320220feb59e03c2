// Draws a page on the server, and says who may frame it and what it may load.
import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import type { AppLoadContext, EntryContext } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { renderToString } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import { log } from "./base/log.ts";
import { Nonce } from "./pages/nonce.ts";
import { textsIn } from "./pages/texts/catalogue.ts";
import type { Language } from "./pages/texts/languages.ts";
import { isShopDomain } from "./shopify/domain.ts";
import { isInFrame } from "./shopify/frame.ts";

export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  context: AppLoadContext,
) {
  const nonce = randomBytes(16).toString("base64");
  const language = languageFor(remix);
  const texts = await textsIn(language);
  const html = renderToString(
    <Nonce.Provider value={nonce}>
      <I18nextProvider i18n={texts}>
        <RemixServer context={remix} url={request.url} nonce={nonce} />
      </I18nextProvider>
    </Nonce.Provider>,
  );
  const { sandbox } = context.env;
  // The library's header asks for App Bridge at Shopify's, which the sandbox must not.
  if (!sandbox) context.shopify.addDocumentResponseHeaders(request, headers);
  headers.set("Content-Type", "text/html; charset=utf-8");
  headers.set("Content-Security-Policy", policy(nonce, sandbox, ancestors(request, shopOf(request, remix))));
  for (const file of chunksOf(language)) headers.append("Link", `</assets/${file}>; rel=modulepreload`);
  headers.set("Referrer-Policy", "same-origin"); // the address carries the session token
  headers.set("X-Content-Type-Options", "nosniff");
  return new Response(`<!DOCTYPE html>${html}`, { status, headers });
}

export function handleError(error: unknown, { request }: { request: Request }) {
  // An address that is nobody's is no fault of ours.
  if (isRouteErrorResponse(error) && error.status < 500) return;
  if (!request.signal.aborted) log.error({ err: error, path: new URL(request.url).pathname }, "a page failed");
}

const ASSETS = readdirSync("build/client/assets");

/** What the browser will ask for as soon as it wakes the page up; English is there already. */
const chunksOf = (language: Language) =>
  language === "en" ? [] : ASSETS.filter((file) => file.startsWith(`${language}-`) && file.endsWith(".js"));

/** A page whose root failed is drawn in English. */
function languageFor(remix: EntryContext): Language {
  const root = remix.staticHandlerContext.loaderData.root as { language?: Language } | undefined;
  return root?.language ?? "en";
}

/** The shop that the page was drawn for; for a page that is nobody's (the bounce page), the one in the address. */
function shopOf(request: Request, remix: EntryContext): string | null {
  const frame = remix.staticHandlerContext.loaderData["routes/app"] as { shop?: string } | undefined;
  const shop = (frame?.shop ?? new URL(request.url).searchParams.get("shop") ?? "").toLowerCase();
  return isShopDomain(shop) ? shop : null;
}

/** A page that is nobody's (the bounce page, an error) is shown in any shop's admin, where it is in a frame. */
function ancestors(request: Request, shop: string | null): string {
  if (shop) return `https://${shop} https://admin.shopify.com`;
  return isInFrame(request) ? "https://admin.shopify.com https://*.myshopify.com" : "'none'";
}

function policy(nonce: string, sandbox: boolean, shopify: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${sandbox ? "" : " https://cdn.shopify.com"}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    // Where Shopify's App Bridge talks to, and nobody else.
    `connect-src 'self'${sandbox ? "" : " https://cdn.shopify.com https://admin.shopify.com https://monorail-edge.shopifysvc.com"}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${sandbox ? "'self'" : shopify}`,
  ].join("; ");
}
