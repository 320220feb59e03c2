// Stands in for Shopify's own servers: hands out tokens, and answers what the app asks of the Admin API.
import { createHash, randomBytes } from "node:crypto";
import { SANDBOX_SECRET, SANDBOX_SHOP } from "./sign.ts";

const SHOP = {
  id: "gid://shopify/Shop/70800000001",
  name: "Sandbox shop",
  email: "owner@example.com",
  myshopifyDomain: SANDBOX_SHOP,
  currencyCode: "EUR",
  ianaTimezone: "Europe/Berlin",
  taxesIncluded: true,
  primaryDomain: { host: SANDBOX_SHOP, url: `https://${SANDBOX_SHOP}` },
  plan: { displayName: "Sandbox", partnerDevelopment: true, shopifyPlus: false },
};
const WEB_PIXEL = { id: "gid://shopify/WebPixel/1" };
const DAY = 24 * 3600;

/** In the place of `fetch`, for what the app asks of Shopify. Nothing leaves the machine. */
export async function answerShopify(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const { hostname, pathname } = new URL(request.url);
  // Shopify knows no token of a shop that is not there.
  if (hostname !== SANDBOX_SHOP) return Response.json({ error: "invalid_subject_token" }, { status: 400 });
  if (pathname === "/admin/oauth/access_token") return giveToken(await request.text());
  if (/^\/admin\/api\/[^/]+\/graphql\.json$/.test(pathname)) return answerQuery(await request.text());
  return Response.json({ errors: "Not Found" }, { status: 404 });
}

/** For a session token as for a refresh token: each answer is a new pair, good for an hour. */
function giveToken(body: string): Response {
  const asked = JSON.parse(body) as Record<string, unknown>;
  if (asked.client_secret !== SANDBOX_SECRET) {
    return Response.json({ error: "invalid_client", error_description: "The secret is not right" }, { status: 400 });
  }
  return Response.json({
    access_token: `shpat_${randomBytes(16).toString("hex")}`,
    scope: "read_orders,read_customers,read_products,write_pixels,read_customer_events",
    expires_in: 3600,
    refresh_token: `shprt_${randomBytes(16).toString("hex")}`,
    refresh_token_expires_in: 90 * DAY,
  });
}

function answerQuery(body: string): Response {
  const { query = "", variables = {} } = JSON.parse(body) as { query?: string; variables?: Record<string, unknown> };
  const made = /\bwebPixel(Create|Update|Delete)\b/.exec(query)?.[0];
  const data = made
    ? { [made]: { webPixel: WEB_PIXEL, userErrors: [] } }
    : /\bwebPixel\s*\{/.test(query)
      ? { webPixel: WEB_PIXEL }
      : /\bshop\s*\{/.test(query)
        ? { shop: SHOP, shopLocales: [LOCALE] }
        : /\bmetafield\(/.test(query)
          ? { nodes: (variables.ids as string[]).map((id) => ({ id, metafield: metafieldOf(id, variables) })) }
          : {};
  return Response.json({ data, extensions: { cost: { requestedQueryCost: 1, actualQueryCost: 1 } } });
}
/** The sandbox's products have one metafield, custom.alana_id: a UUID that is always the same for a product. */
function metafieldOf(id: string, { namespace, key }: Record<string, unknown>): { value: string } | null {
  if (`${namespace}.${key}` !== "custom.alana_id") return null;
  const digits = createHash("sha256").update(id).digest("hex");
  const value = digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-a$4-$5");
  return { value };
}

const LOCALE = { locale: "de", primary: true, published: true };
