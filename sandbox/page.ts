// The sandbox's page: a stand-in for the Shopify admin around the app, with a panel for the shop and the vendors.
import { createHmac, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Done, growCart, type PostWebhook, placeOrders, refundLast, saveCustomer } from "./desk.ts";
import { SANDBOX_KEY, SANDBOX_SECRET, SANDBOX_SHOP } from "./sign.ts";
import { MODES } from "./vendors/misbehave.ts";

export interface PageOptions {
  vendorsUrl: string;
  /** false: the vendors run elsewhere, and cannot be told to fail. */
  ownVendors: boolean;
  postWebhook: PostWebhook;
}

const NAMES: Record<string, string> = {
  shopipixel: "ShopiPixel",
  alana: "alana",
  prisjakt: "Prisjakt",
  tolinku: "Tolinku",
  shopimind: "ShopiMind",
};
const FILES: Record<string, [file: string, type: string]> = {
  "/sandbox": ["page.html", "text/html; charset=utf-8"],
  "/sandbox/page.css": ["page.css", "text/css; charset=utf-8"],
  "/sandbox/page.js": ["page.js", "text/javascript; charset=utf-8"],
  "/sandbox/app-bridge.js": ["app-bridge.js", "text/javascript; charset=utf-8"],
};
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** @returns null where the path is none of the sandbox's. */
export async function answerSandbox(request: Request, options: PageOptions): Promise<Response | null> {
  const { pathname } = new URL(request.url);
  const path = pathname.replace(/\/$/, "");
  if (request.method === "GET" && FILES[path]) return giveFile(FILES[path]);
  if (request.method === "GET" && path === "/sandbox/token") return text(sessionToken());
  if (request.method === "GET" && path === "/sandbox/state") return Response.json(await stateOf(options));
  if (request.method !== "POST" || !path.startsWith("/sandbox/")) return null;
  // A page elsewhere cannot send JSON here without asking first, and is never told that it may.
  if (!request.headers.get("content-type")?.startsWith("application/json")) {
    return Response.json({ error: "the body must be JSON" }, { status: 415 });
  }
  const body: unknown = await request.json().catch(() => null);
  return await act(path.slice("/sandbox/".length), { ...(body as object | null) }, options);
}

const text = (body: string) => new Response(body, { headers: { "cache-control": "no-store" } });

function giveFile([file, type]: [string, string]): Response {
  const body = readFileSync(new URL(`./page/${file}`, import.meta.url));
  const headers: Record<string, string> = { "content-type": type, "cache-control": "no-cache" };
  if (file.endsWith(".html")) headers["content-security-policy"] = CSP;
  return new Response(body, { headers });
}

/** What App Bridge would hand out: good for a minute. */
function sessionToken(now = Date.now()): string {
  const seconds = Math.floor(now / 1000);
  const claims = {
    iss: `https://${SANDBOX_SHOP}/admin`,
    dest: `https://${SANDBOX_SHOP}`,
    aud: SANDBOX_KEY,
    sub: "42",
    exp: seconds + 60,
    nbf: seconds - 5,
    iat: seconds - 5,
    jti: randomUUID(),
    sid: "sandbox-session",
  };
  const part = (json: object) => Buffer.from(JSON.stringify(json)).toString("base64url");
  const said = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${said}.${createHmac("sha256", SANDBOX_SECRET).update(said).digest("base64url")}`;
}

async function act(what: string, body: Record<string, unknown>, options: PageOptions): Promise<Response | null> {
  const deeds: Record<string, () => Promise<Done>> = {
    orders: () => placeOrders(Number(body.count ?? 1), options.postWebhook),
    carts: () => growCart(options.postWebhook),
    customers: () => saveCustomer(options.postWebhook),
    refunds: () => refundLast(options.postWebhook),
  };
  const deed = deeds[what];
  if (deed) return Response.json(await deed());
  const slug = /^vendors\/([a-z]+)$/.exec(what)?.[1];
  return slug && NAMES[slug] ? await setMode(slug, body, options) : null;
}

async function setMode(slug: string, body: Record<string, unknown>, options: PageOptions): Promise<Response> {
  if (!options.ownVendors) {
    return Response.json({ error: "These vendors run elsewhere and cannot be told to fail." }, { status: 409 });
  }
  const answer = await askVendors(options, `/control/${slug}`, { mode: body.mode ?? null });
  if (!answer) return Response.json({ error: "The sandbox's vendors cannot be reached." }, { status: 502 });
  if (!answer.ok) return Response.json(await answer.json(), { status: answer.status });
  const says = body.mode
    ? `${NAMES[slug]} fails now: ${lowerFirst(MODES[body.mode as keyof typeof MODES])}.`
    : `${NAMES[slug]} is well again.`;
  return Response.json({ says });
}
const lowerFirst = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1);

/** @returns null where nobody answers. */
async function askVendors(options: PageOptions, path: string, json?: object): Promise<Response | null> {
  const init = json && { method: "POST", body: JSON.stringify(json) };
  const signal = AbortSignal.timeout(2000);
  return await fetch(`${options.vendorsUrl}${path}`, { ...init, signal }).catch(() => null);
}

interface Told {
  vendors?: Record<string, object>;
}
async function stateOf(options: PageOptions) {
  const answer = options.ownVendors ? await askVendors(options, "/control") : null;
  const told = answer?.ok ? ((await answer.json()) as Told) : {};
  return {
    own: options.ownVendors,
    reached: answer?.ok ?? false,
    modes: MODES,
    vendors: Object.entries(NAMES).map(([slug, name]) => ({ slug, name, ...told.vendors?.[slug] })),
  };
}
