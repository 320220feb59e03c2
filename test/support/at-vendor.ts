// A vendor's data sheet before a real HTTP server that answers as it is told: what leaves for the vendor, and what an answer means.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Destination, Http, Message, Outcome } from "../../app/destinations/destination.ts";
import { openHttp } from "../../app/destinations/http.ts";
import { happened } from "../../app/destinations/sample-events.ts";
import type { EventKind, EventOf } from "../../app/events/event.ts";
import { destinationOf } from "./destination-of.ts";

export interface Heard {
  /** "POST https://vendor.example/v1/events", as it was meant for the vendor. */
  call: string;
  query: Record<string, string>;
  headers: Record<string, string | string[] | undefined>;
  json: unknown;
}
/** A status, a body as JSON, headers. */
export type Says = [status: number, json?: unknown, headers?: Record<string, string>];

export interface AtVendor {
  sheet: Destination;
  /** What leaves while the work is done; the vendor says these in turn, and the last of them ever after. */
  asked(work: (http: Http) => unknown, ...says: Says[]): Promise<Heard[]>;
  /** What the sheet says of a sample event. @throws where it says nothing */
  message<Kind extends EventKind>(kind: Kind, facts?: Partial<EventOf<Kind>>): Message;
  /** Why it says nothing of it; null: it says something. */
  skips<Kind extends EventKind>(kind: Kind, facts?: Partial<EventOf<Kind>>): string | null;
  sent(messages: Message[], ...says: Says[]): Promise<Heard[]>;
  /** What becomes of so many messages at that answer. */
  outcomes(messages: Message[], ...says: Says): Promise<Outcome[]>;
}

export async function openVendors() {
  let [said, heard]: [Says[], Heard[]] = [[], []];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += String(part);
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://vendor");
    const { "meant-for": origin, ...headers } = request.headers;
    heard.push({
      call: `${request.method} ${origin}${pathname}`,
      query: Object.fromEntries(searchParams),
      headers,
      json: body === "" ? null : JSON.parse(body),
    });
    const [status, json = {}, more = {}] = said.length > 1 ? (said.shift() as Says) : (said[0] ?? [200]);
    response.writeHead(status, { "content-type": "application/json", ...more });
    response.end(status === 204 ? undefined : JSON.stringify(json));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const lead = ((input: string | URL, init?: RequestInit) => {
    const { origin, pathname, search } = new URL(input);
    const headers = new Headers(init?.headers);
    headers.set("meant-for", origin);
    return fetch(`http://127.0.0.1:${port}${pathname}${search}`, { ...init, headers });
  }) as typeof fetch;

  const at = (slug: string, settings: Record<string, string>): AtVendor => {
    const sheet = destinationOf(slug) as Destination;
    const http = openHttp({ baseUrl: sheet.baseUrl(settings), headers: sheet.headers(settings), fetch: lead });
    const say = (event: EventOf<EventKind>) => {
      const words = sheet.on[event.kind] as (
        event: unknown,
        settings: object,
      ) => Message | Message[] | { skip: string };
      return words(event, settings);
    };
    const send = (messages: Message[], by: Http) => sheet.send(messages[0]?.channel ?? "", messages, settings, by);
    return {
      sheet,
      async asked(work, ...says) {
        [said, heard] = [says, []];
        await Promise.resolve(work(http)).catch(() => {}); // what it makes of the answer is not asked here
        return heard;
      },
      message(kind, facts) {
        const words = say(happened(kind, facts) as EventOf<EventKind>);
        if ("skip" in words) throw new Error(words.skip);
        return [words].flat()[0] as Message;
      },
      skips(kind, facts) {
        const words = say(happened(kind, facts) as EventOf<EventKind>);
        return "skip" in words ? words.skip : null;
      },
      sent(messages, ...says) {
        return this.asked((by) => send(messages, by), ...says);
      },
      async outcomes(messages, ...says) {
        [said, heard] = [[says], []];
        return send(messages, http);
      },
    };
  };
  return { at, close: () => new Promise((closed) => server.close(closed)) };
}
