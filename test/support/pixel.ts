// The web pixel's door over HTTP, on a test road: what a browser would post comes in as in the real web process.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openReceiver } from "../../app/delivery/receive.ts";
import { openCeiling } from "../../app/doors/ceiling.ts";
import { openPixelDoor } from "../../app/doors/pixel.ts";
import { openDoor } from "../../app/doors/webhooks.ts";
import { SANDBOX_PIXEL_KEY, SANDBOX_SECRET, SANDBOX_SHOP } from "../../sandbox/sign.ts";
import type { TestRoad } from "./road.ts";

export interface PixelServer {
  url: string;
  /** Shops whose bell was rung. */
  rung: string[];
  /** The status and origin of each answer of the pixel's door. */
  answered: string[];
  post(body: unknown, over?: { key?: string; method?: string; headers?: Record<string, string> }): Promise<Response>;
  close(): Promise<void>;
}

/** @param peer in place of this host's own address, from which all of it comes. */
export async function openPixelServer({ road }: TestRoad, peer?: string): Promise<PixelServer> {
  await turnPixel(road, true);
  const [rung, answered]: [string[], string[]] = [[], []];
  const ring = (shop: string) => void rung.push(shop);
  const receive = openReceiver(road.db);
  const failed = (error: unknown) => {
    throw error;
  };
  const ceiling = openCeiling(road.db, road.clock, failed);
  const pixel = openPixelDoor({
    db: road.db,
    receive,
    ceiling,
    ring,
    answered: (status, origin) => void answered.push(`${status} ${origin}`),
    failed,
    now: () => road.clock().getTime(),
  });
  const door = openDoor({ receive, secrets: [SANDBOX_SECRET], ring, answered: () => {}, failed: () => {} });
  const server = createServer((request, response) => {
    if (peer) Object.defineProperty(request.socket, "remoteAddress", { value: peer, configurable: true });
    return request.url?.startsWith("/pixel/") ? void pixel(request, response) : void door(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, ready));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    url,
    rung,
    answered,
    post: (body, { key = SANDBOX_PIXEL_KEY, method = "POST", headers = {} } = {}) =>
      fetch(`${url}/pixel/${key}`, {
        method,
        headers: { "content-type": "text/plain;charset=UTF-8", ...headers },
        body: method === "POST" ? (typeof body === "string" ? body : JSON.stringify(body)) : undefined,
      }),
    async close() {
      await ceiling.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** As the merchant's switch leaves it. */
export const turnPixel = (road: TestRoad["road"], on: boolean) =>
  road.db.query("UPDATE shop SET pixel_endpoint = $2 WHERE domain = $1", [
    SANDBOX_SHOP,
    on ? "https://app.example.com/pixel" : null,
  ]);
