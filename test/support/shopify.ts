// The real web and worker with Shopify credentials, and a server in Shopify's place that can fail, hang or answer nonsense.
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { freshDatabase, type TestDatabase } from "./database.ts";
import { startWeb, tokenFor, type Web } from "./web.ts";

export const SHOP = "the-shop.myshopify.com";
export const [API_KEY, API_SECRET] = ["the-key", "the-secret"];

export const KEY = Buffer.alloc(32, 7).toString("base64");

/** How the Admin API answers: as it should, with this status, or not at all. */
type Mood = "well" | "hangs" | number;

interface StandIn {
  url: string;
  mood: Mood;
  /** What the shop says of itself. */
  facts: Record<string, unknown>;
  /** Calls to the Admin API so far. */
  asked: number;
  /** The shops at whose domains it was asked. */
  hosts: Set<string>;
  /** Calls for a token so far. */
  tokenCalls: number;
  /** So many answers with a token are made and then lost. */
  loses: number;
  /** The newest; all before it are retired, but for the one it came for, until it is used itself. */
  refreshToken: string;
  close(): Promise<void>;
}

async function openStandIn(): Promise<StandIn> {
  const facts = {
    currencyCode: "SEK",
    ianaTimezone: "Europe/Stockholm",
    primaryDomain: { host: "the-shop.example.com" },
  };
  const state: StandIn = {
    url: "",
    mood: "well",
    facts,
    asked: 0,
    hosts: new Set(),
    tokenCalls: 0,
    loses: 0,
    refreshToken: "",
    close: async () => {},
  };
  const exchange = openTokens();
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const answer = (status: number, json: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
    state.hosts.add(String(request.headers["x-asked-host"]));
    if (request.url === "/admin/oauth/access_token") {
      state.tokenCalls += 1;
      const pair = exchange(JSON.parse(text));
      if (!pair) return answer(400, { error: "invalid_subject_token" });
      state.refreshToken = pair.refresh_token;
      if (state.loses > 0) {
        state.loses -= 1;
        return request.socket.destroy();
      }
      return answer(200, pair);
    }
    state.asked += 1;
    if (state.mood === "hangs") return;
    if (typeof state.mood === "number") return answer(state.mood, { errors: "not now" });
    answer(200, { data: dataFor(JSON.parse(text).query, state.facts) });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  state.close = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  return state;
}

/** A refresh token that was used can be used again until its replacement was; an exchange retires all that there were. */
function openTokens() {
  let [current, before] = ["", ""];
  return (asked: { refresh_token?: string }) => {
    const used = asked.refresh_token;
    if (used !== undefined && used !== current && used !== before) return null;
    before = used ?? "";
    current = `shprt_${randomBytes(16).toString("hex")}`;
    return {
      access_token: `shpat_${randomBytes(16).toString("hex")}`,
      ...{ scope: "write_pixels", expires_in: 3600, refresh_token: current, refresh_token_expires_in: 7_776_000 },
    };
  };
}

function dataFor(query: string, facts: Record<string, unknown>): unknown {
  if (query.includes("webPixelCreate"))
    return { webPixelCreate: { webPixel: { id: "gid://shopify/WebPixel/1" }, userErrors: [] } };
  if (query.includes("shopLocales")) return { shopLocales: [{ locale: "sv", primary: true }] };
  return { shop: { myshopifyDomain: SHOP, ...facts } };
}

/** Runs in the program before it is loaded: what goes to a shop's own domain goes to the stand-in. */
const PRELOAD = `const plain = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const { hostname, pathname } = new URL(input.url ?? input);
  if (!hostname.endsWith(".myshopify.com")) return plain(input, init);
  const headers = new Headers(init?.headers);
  headers.set("x-asked-host", hostname);
  return plain(process.env.STAND_IN + pathname, { ...init, headers });
};`;

/** The environment of a program that takes the stand-in for Shopify. */
const withStandIn = (standIn: StandIn, database: TestDatabase, more: Record<string, string> = {}) => ({
  NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(PRELOAD)}`,
  ...{ STAND_IN: standIn.url, DATABASE_URL: database.url, ENCRYPTION_KEY: KEY },
  ...{ SHOPIFY_API_KEY: API_KEY, SHOPIFY_API_SECRET: API_SECRET, SHOPIFY_APP_URL: "https://app.example.com" },
  ...more,
});

export interface RealApp {
  standIn: StandIn;
  database: TestDatabase;
  web: Web;
  close(): Promise<void>;
}

export async function openRealApp(more: Record<string, string> = {}): Promise<RealApp> {
  const [standIn, database] = await Promise.all([openStandIn(), freshDatabase()]);
  const web = await startWeb(withStandIn(standIn, database, more));
  return {
    ...{ standIn, database, web },
    async close() {
      await web.stop();
      await Promise.all([standIn.close(), database.drop()]);
    },
  };
}

export const tokenOf = (shop = SHOP) => tokenFor(shop, API_SECRET, API_KEY);
