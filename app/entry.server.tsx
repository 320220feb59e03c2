// Draws a page on the server, and says who may frame it and what it may load.
import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import type { AppLoadContext, EntryContext } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import type { i18n } from "i18next";
import { renderToString } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import { log } from "./base/log.ts";
import { Nonce } from "./pages/nonce.ts";
import { textsIn } from "./pages/texts/catalogue.ts";
import type { Language } from "./pages/texts/languages.ts";
import { isShopDomain } from "./shopify/domain.ts";
import { isInFrame } from "./shopify/frame.ts";
import { localeCookie } from "./shopify/locale-cookie.ts";

export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  context: AppLoadContext,
) {
  const nonce = randomBytes(16).toString("base64");
  const language = languageFor(remix);
  // Of its own: it notes which areas the page is drawn with.
  const texts = (await textsIn(language)).cloneInstance();
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
  const areas = areasOf(texts);
  for (const file of chunksOf(language, areas)) headers.append("Link", `</assets/${file}>; rel=modulepreload`);
  const cookie = localeCookie(request, sandbox);
  if (cookie) headers.append("Set-Cookie", cookie);
  headers.set("Referrer-Policy", "same-origin"); // the address carries the session token
  headers.set("X-Content-Type-Options", "nosniff");
  const told = html.replace("<html ", `<html data-texts="${areas.join(" ")}" `);
  return new Response(`<!DOCTYPE html>${told}`, { status, headers });
}

export function handleError(error: unknown, { request }: { request: Request }) {
  // An address that is nobody's is no fault of ours.
  if (isRouteErrorResponse(error) && error.status < 500) return;
  if (!request.signal.aborted) log.error({ err: error, path: new URL(request.url).pathname }, "a page failed");
}

const ASSETS = readdirSync("build/client/assets");

/** What any page may need at once. */
const EVERYWHERE = ["polaris", "shell", "reasons", "vendors"];
const areasOf = (texts: i18n): string[] => [
  ...new Set([...EVERYWHERE, ...(texts.reportNamespaces?.getUsedNamespaces() ?? [])]),
];

/** What the browser will ask for as soon as it wakes the page up. */
const chunksOf = (language: Language, areas: string[]) =>
  ASSETS.filter((file) => areas.some((area) => file.startsWith(`${language}-${area}-`)));

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
