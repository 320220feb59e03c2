// The five vendors as one server: each under its own path, with a ledger, and able to misbehave on demand.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { alana } from "./vendors/alana.ts";
import { answerControl, type House } from "./vendors/control.ts";
import type { LedgerView } from "./vendors/ledger.ts";
import { openMemory } from "./vendors/memory.ts";
import { type Mode, misbehaving } from "./vendors/misbehave.ts";
import { prisjakt } from "./vendors/prisjakt.ts";
import { shopimind } from "./vendors/shopimind.ts";
import { shopipixel } from "./vendors/shopipixel.ts";
import { tolinku } from "./vendors/tolinku.ts";
import type { Call, Reply } from "./vendors/vendor.ts";

const VENDORS = { shopipixel, alana, prisjakt, tolinku, shopimind };
export type Slug = keyof typeof VENDORS;
export const SLUGS = Object.keys(VENDORS) as Slug[];
const LARGEST_BODY = 16 * 1024 * 1024;

export interface Options {
  /** 0 or absent: a free one. */
  port?: number;
  host?: string;
  /** false: the documented rate limits are lifted. */
  budgets: boolean;
  clock?: () => number;
  /** Where declarations outlive the process; absent: they do not. */
  memory?: string;
}
export interface Vendors {
  url: string;
  stop(): Promise<void>;
  ledger(slug: Slug): LedgerView;
  /** null: heal. With `times`, it heals by itself after so many requests. */
  misbehave(slug: Slug, mode: Mode | null, times?: number): void;
  /** Forward, for all five. */
  moveClock(milliseconds: number): void;
}
export async function startVendors(options: Options): Promise<Vendors> {
  const house = openHouse(options);
  const server = createServer((request, response) => {
    void serve(house, request, response).catch((cause: unknown) => {
      console.error("the sandbox's vendors failed", cause);
      response.destroy();
    });
  });
  server.keepAliveTimeout = 30_000;
  await listen(server, options.port ?? 0, options.host ?? "127.0.0.1");
  const { address, port } = server.address() as AddressInfo;
  const of = (slug: Slug) => {
    const found = house.vendors.get(slug);
    if (!found) throw new Error(`there is no vendor ${slug}`);
    return found;
  };
  return {
    url: `http://${address}:${port}`,
    ledger: (slug) => of(slug).vendor.ledger.view(),
    misbehave: (slug, mode, times) => of(slug).misbehaviour.set(mode, times),
    moveClock: house.moveClock,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function openHouse(options: Options): House {
  const clock = options.clock ?? Date.now;
  let moved = 0;
  const now = () => clock() + moved;
  const world = { now, budgets: options.budgets, memory: openMemory(options.memory) };
  const entries = Object.entries(VENDORS).map(
    ([slug, make]) => [slug, { vendor: make(world), misbehaviour: misbehaving() }] as const,
  );
  const moveClock = (milliseconds: number) => {
    moved += milliseconds;
  };
  return { ...world, vendors: new Map(entries), moveClock };
}

const listen = (server: Server, port: number, host: string) =>
  new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });

async function serve(house: House, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://sandbox");
  const [, first = "", path = "/"] = /^\/([^/]+)(\/.*)?$/.exec(url.pathname) ?? [];
  const found = house.vendors.get(first);
  if (found) found.vendor.ledger.requested();
  const mode = found?.misbehaviour.next() ?? null;
  if (mode === "down") return void request.socket.destroy();
  const body = await readAll(request);
  const call: Call = {
    method: request.method ?? "GET",
    path,
    query: url.searchParams,
    headers: request.headers,
    body,
    address: request.socket.remoteAddress ?? "",
  };
  if (first === "control") return send(response, answerControl(house, call));
  if (!found) return send(response, { status: 404, json: { error: "there is no such vendor in the sandbox" } });
  if (mode) return await found.misbehaviour.act(mode, () => found.vendor.answer(call), response, send);
  send(response, found.vendor.answer(call));
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += (part as Buffer).length;
    if (bytes > LARGEST_BODY) throw new Error("a body larger than any vendor takes");
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

const exact = (_name: string, value: unknown) => (typeof value === "bigint" ? JSON.rawJSON(String(value)) : value);

function send(response: ServerResponse, reply: Reply): void {
  const text = JSON.stringify(reply.json ?? {}, exact);
  response.writeHead(reply.status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    ...reply.headers,
  });
  response.end(text);
}
