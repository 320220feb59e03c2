// The five vendors for a measurement, a process of its own: they answer as their documents say, count, and check nothing, so that they cost little.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { answerTo } from "./answers.ts";

export interface Counted {
  requests: Record<string, number>;
  /** Events, or whatever a request carried. */
  events: Record<string, number>;
  /** When the first request came and the last answer was given: milliseconds of the machine's own clock. */
  first: number;
  last: number;
  /** Vendor and order id → when it came first, where they are kept. */
  receipts: Record<string, number>;
}
export type Wish = { reset: true; receipts?: boolean; delays?: Record<string, number> } | "count";

const now = () => Number(process.hrtime.bigint()) / 1e6;
const nothing = (): Counted => ({ requests: {}, events: {}, first: 0, last: 0, receipts: {} });
let counted = nothing();
let keeps = false;
let delays: Record<string, number> = {};

const server = createServer(async (request, response) => {
  const came = now();
  counted.first ||= came;
  const [, slug = "", path = ""] = /^\/([^/]+)(\/.*)$/.exec(request.url ?? "") ?? [];
  const body = await textOf(request);
  const { status, json, orders, events } = answerTo(slug, request.method ?? "GET", path, body);
  counted.requests[slug] = (counted.requests[slug] ?? 0) + 1;
  counted.events[slug] = (counted.events[slug] ?? 0) + events;
  if (keeps) for (const id of orders()) counted.receipts[`${slug} ${id}`] ??= came;
  const say = () => {
    const text = JSON.stringify(json);
    response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
    response.end(text);
    counted.last = now();
  };
  const delay = delays[slug] ?? 0;
  if (delay > 0) setTimeout(say, delay);
  else say();
});
server.keepAliveTimeout = 60_000;

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

process.on("message", (wish: Wish) => {
  if (wish === "count") return void process.send?.(counted);
  counted = nothing();
  keeps = wish.receipts ?? false;
  delays = wish.delays ?? {};
  process.send?.("reset");
});
process.on("disconnect", () => process.exit());
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
