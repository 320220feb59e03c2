// A stand-in for a shop's pages: Shopify's globals with the theme embed, the Ajax cart, and a web pixel in its sandbox.
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import type { Page } from "playwright-core";

const extension = (path: string) => new URL(`../../extensions/${path}`, import.meta.url);

export interface Storefront {
  url: string;
  /** What the consent banner would say on the next page; null: the Customer Privacy API is not there. */
  consent: { marketing: boolean; analytics: boolean } | null;
  cart: { token: string; attributes: Record<string, string>; hidden: boolean; down: boolean };
  /** The attributes of each call of cart/update.js. */
  writes: Record<string, string>[];
  close(): Promise<void>;
}

export async function openStorefront(): Promise<Storefront> {
  const script = await readFile(extension("theme-embed/assets/attribution.js"));
  const { server, url } = await listen(async (request, answer) => {
    const path = new URL(request.url ?? "/", url).pathname;
    if (path === "/attribution.js") return answer(200, { "Content-Type": "text/javascript" }, script);
    if (path === "/shop/cart/update.js" || path === "/shop/cart.js") {
      const { cart } = shop;
      if (cart.down) return answer(503, {}, "");
      if (request.method === "POST") {
        const { attributes } = JSON.parse(await textOf(request));
        shop.writes.push(attributes);
        Object.assign(cart.attributes, attributes);
      }
      const cookie = `cart=${cart.token}%3Fkey%3Dabc; path=/${cart.hidden ? "; HttpOnly" : ""}`;
      const token = `${cart.token}?key=abc`;
      return answer(200, { "Content-Type": "application/json", "Set-Cookie": cookie }, JSON.stringify({ token }));
    }
    answer(200, { "Content-Type": "text/html" }, page(shop.consent));
  });
  const shop: Storefront = {
    url,
    consent: null,
    cart: { token: "hWN1abc", attributes: {}, hidden: false, down: false },
    writes: [],
    close: () => close(server),
  };
  return shop;
}

const page = (consent: Storefront["consent"]) => `<!doctype html><title>Shop</title>
<script>
  window.Shopify = { routes: { root: "/shop/" } };
  window.consent = ${JSON.stringify(consent)};
  if (consent) Shopify.loadFeatures = (features, loaded) => {
    if (features[0].name !== "consent-tracking-api") return loaded(new Error("unknown feature"));
    Shopify.customerPrivacy = {
      marketingAllowed: () => consent.marketing,
      analyticsProcessingAllowed: () => consent.analytics,
    };
    loaded();
  };
</script>
<script src="/attribution.js" defer></script>`;

interface Posted {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
}

/** Takes a pixel's posts as the app's endpoint does; `hold` leaves them without an answer until `release`. */
export async function openCollector() {
  const posts: Posted[] = [];
  let open = Promise.resolve();
  let release = () => {};
  const hold = () => {
    open = new Promise((resolve) => {
      release = resolve;
    });
  };
  const { server, url } = await listen(async (request, answer) => {
    const { method = "", url: path = "", headers } = request;
    posts.push({ method, path, headers, body: await textOf(request) });
    await open;
    answer(204, { "Access-Control-Allow-Origin": "*" }, "");
  });
  return {
    url,
    posts,
    hold,
    release: () => release(),
    events: () => posts.flatMap(({ body }) => JSON.parse(body).events),
    close: () => close(server),
  };
}

/** The pixel as Shopify's CLI bundles it. */
export async function bundlePixel(): Promise<string> {
  const entry = extension("web-pixel/src/index.ts").pathname;
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: "iife",
    minify: true,
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

/**
 * The pixel behind Shopify's `extend`. `tell` passes on a list of events to their subscribers; { customerPrivacy } in it
 * is the visitor's answer.
 */
export const sandboxed = (pixel: string, settings: object, init: object, cookies: Record<string, string> = {}) => `
  const heard = {};
  const subscribe = (name, callback) => { heard[name] = callback; };
  const given = ${JSON.stringify({ settings, init })};
  const cookies = ${JSON.stringify(cookies)};
  const browser = { cookie: { get: async (name) => cookies[name] ?? "" } };
  self.shopify = { extend: (point, start) => {
    if (point === "WebPixel::Render") start({ analytics: { subscribe }, browser, customerPrivacy: { subscribe }, ...given });
  } };
  self.tell = (told) => { for (const one of told) heard[one.name ?? "visitorConsentCollected"]?.(one); };
  ${pixel}`;

/** Runs it as Shopify's strict sandbox does: in a worker of an iframe without an origin. */
export async function openPixel(page: Page, code: string) {
  await page.evaluate(async () => {
    const frame = Object.assign(document.createElement("iframe"), { srcdoc: "<title>Pixel</title>" });
    frame.setAttribute("sandbox", "allow-scripts");
    const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
    document.body.append(frame);
    await loaded;
  });
  const frame = page.frames()[1];
  if (!frame) throw new Error("the pixel's frame is not there");
  const worker = await frame.evaluateHandle(
    (code) => new Worker(URL.createObjectURL(new Blob([code]))),
    `${code}\nself.onmessage = ({ data }) => { self.tell(data); self.postMessage("told"); };`,
  );
  /** Resolves when the pixel has seen them; `leave` then leaves the shop's page at once. */
  return async (told: object[], leave = false) => {
    if (leave) await page.evaluate(() => window.addEventListener("message", () => location.assign("/left")));
    await worker.evaluate(
      (worker, [told, leave]) =>
        new Promise<void>((resolve) => {
          worker.onmessage = () => {
            if (leave) window.parent.postMessage("leave", "*");
            resolve();
          };
          worker.postMessage(told);
        }),
      [told, leave] as const,
    );
    if (leave) await page.waitForURL("**/left");
  };
}

type Answer = (status: number, headers: Record<string, string>, body: string | Buffer) => void;

async function listen(handle: (request: IncomingMessage, answer: Answer) => Promise<void> | void) {
  const server = createServer((request, response) => {
    void handle(request, (status, headers, body) => response.writeHead(status, headers).end(body));
  });
  await new Promise<void>((ready) => server.listen(0, ready));
  return { server, url: `http://localhost:${(server.address() as AddressInfo).port}` };
}

async function close(server: Server) {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
