// The hosts of a measurement of neighbours, by the name that they are asked as: well ones, silent ones that never answer, and liars.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Hosts {
  port: number;
  /** When an order came to a well host, by performance.now(). */
  receipts: Map<string, number>;
  /** How often hosts of each kind were asked. */
  asked: Record<string, number>;
  close(): void;
}

export async function openHosts(): Promise<Hosts> {
  const receipts = new Map<string, number>();
  const asked: Record<string, number> = {};
  const server = createServer(async (request, response) => {
    const kind = request.headers.host?.split("-")[0] ?? "";
    asked[kind] = (asked[kind] ?? 0) + 1;
    if (kind === "silent") return;
    const events = await eventsOf(request);
    if (kind === "liar") return void lie(asked[kind] ?? 0, response);
    for (const { transaction_id: order } of events) if (order) receipts.set(order, performance.now());
    say(response, 200, { ok: true, accepted: events.length });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, receipts, asked, close };
}

/** Its limit is used up for an hour, it wants to be left alone for years, it is ill. */
function lie(turn: number, response: ServerResponse): void {
  const spent = { "ratelimit-remaining": "0", "ratelimit-reset": "3600" };
  const lies: [status: number, json: object, headers: Record<string, string>][] = [
    [200, { ok: true, accepted: 1 }, spent],
    [429, { error: "later" }, { ...spent, "retry-after": "99999999999999" }],
    [503, { error: "ill" }, { "retry-after": "1795843200" }],
  ];
  const [status, json, headers] = lies[turn % lies.length] ?? [500, {}, {}];
  say(response, status, json, headers);
}

function say(response: ServerResponse, status: number, json: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(json));
}

async function eventsOf(request: IncomingMessage): Promise<{ transaction_id?: string }[]> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text ? ((JSON.parse(text) as { events?: [] }).events ?? []) : [];
}
