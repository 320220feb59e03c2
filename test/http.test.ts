// The one way out: a broken connection is told apart by whether the vendor may have acted.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { Answer, Outcome, Request } from "../app/destinations/destination.ts";
import { AnswerLost, NothingSent, openHttp, outcomeOf, retryAfter, usedUp, wordsOf } from "../app/destinations/http.ts";

const servers: (Server | TcpServer)[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    if ("closeAllConnections" in server) server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
});

async function open<Kind extends Server | TcpServer>(server: Kind): Promise<string> {
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
}
const vendor = (answer: (request: IncomingMessage, response: ServerResponse) => void) => open(createServer(answer));
const out = (baseUrl: string, timeout = 2_000) =>
  openHttp({ baseUrl, headers: { "x-key": "k" }, fetch: globalThis.fetch, timeout });
const POST: Request = { method: "POST", path: "/events", json: { total: 1 } };

test("a request carries the sheet's headers, its own, and JSON; the answer comes back whole", async () => {
  let heard = "";
  const url = await vendor(async (request, response) => {
    for await (const chunk of request) heard += chunk;
    heard = `${request.method} ${request.url} ${request.headers["x-key"]} ${request.headers["x-own"]} ${heard}`;
    response.writeHead(201, { "x-left": "9" }).end('{"id":"1"}');
  });
  const answer = await out(`${url}/base/`)({
    ...POST,
    query: { page: "1", cursor: undefined },
    headers: { "x-own": "o" },
  });
  expect(heard).toBe('POST /base/events?page=1 k o {"total":1}');
  expect(answer).toMatchObject({ status: 201, text: '{"id":"1"}', json: { id: "1" } });
  expect(answer.headers.get("x-left")).toBe("9");
});

test("a body that is no JSON is an answer, with its text", async () => {
  const url = await vendor((_request, response) => response.writeHead(502).end("<h1>Bad Gateway</h1>"));
  expect(await out(url)(POST)).toMatchObject({ status: 502, json: undefined, text: "<h1>Bad Gateway</h1>" });
});

test("a refused connection means that nothing was sent", async () => {
  const url = await vendor(() => {});
  await new Promise((closed) => servers.pop()?.close(closed));
  await expect(out(url)(POST)).rejects.toThrow(NothingSent);
});

test("a name that does not resolve means that nothing was sent", async () => {
  await expect(out("http://nowhere.invalid")(POST)).rejects.toThrow(NothingSent);
});

test("a TLS handshake with what speaks none means that nothing was sent", async () => {
  const url = await open(createTcpServer((socket) => socket.end("no TLS here\r\n", () => socket.destroy())));
  await expect(out(url.replace("http:", "https:"))(POST)).rejects.toThrow(NothingSent);
});

test("a connection that breaks after the request was written loses the answer", async () => {
  const url = await vendor((request) => request.on("data", () => request.socket.destroy()));
  await expect(out(url)(POST)).rejects.toThrow(AnswerLost);
});

test("an answer that breaks off halfway is lost", async () => {
  const url = await vendor((_request, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write('{"ok":', () => response.destroy());
  });
  await expect(out(url)(POST)).rejects.toThrow(AnswerLost);
});

test("a vendor that never answers loses the answer when the time is up", async () => {
  const url = await vendor(() => {});
  await expect(out(url, 50)(POST)).rejects.toThrow(/no answer within 0.05 s/);
  await expect(out(url, 50)(POST)).rejects.toThrow(AnswerLost);
});

test("a vendor that never ends its answer loses it when the time is up", async () => {
  const url = await vendor((_request, response) => response.writeHead(200).write("{"));
  await expect(out(url, 100)(POST)).rejects.toThrow(AnswerLost);
});

test("a redirect is not followed, so that the key stays with the vendor", async () => {
  let elsewhere = 0;
  const other = await vendor((_request, response) => {
    elsewhere++;
    response.end("{}");
  });
  const url = await vendor((_request, response) => response.writeHead(307, { location: other }).end());
  const answer = await out(url)(POST);
  expect([answer.status, elsewhere]).toEqual([307, 0]);
  expect(outcomeOf(answer)).toMatchObject({ is: "retry" });
});

test("an answer of more than 8 MB is given up, not kept", async () => {
  const url = await vendor((_request, response) => {
    const chunk = Buffer.alloc(1024 * 1024, "x");
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on("drain", more).writeHead(200);
    more();
  });
  await expect(out(url)(POST)).rejects.toThrow(/more than 8 MB/);
  await expect(out(url)(POST)).rejects.toThrow(AnswerLost);
});

test("what goes wrong is told without the query and the headers", async () => {
  const url = await vendor((request) => request.socket.destroy());
  const error = await out(url)({ ...POST, query: { key: "hidden" } }).catch((error: Error) => error);
  expect(error).toBeInstanceOf(AnswerLost);
  expect((error as Error).message).toContain("POST http://127.0.0.1");
  expect((error as Error).message).not.toMatch(/hidden|x-key/);
});

const answer = (status: number, headers: Record<string, string> = {}, text = ""): Answer => {
  const json: unknown = text.startsWith("{") ? JSON.parse(text) : undefined;
  return { status, headers: new Headers(headers), text, json };
};

test.each<[number, Partial<Outcome>]>([
  [200, { is: "doubt" }],
  [301, { is: "pause", scope: "channel" }],
  [302, { is: "retry" }],
  [307, { is: "retry" }],
  [308, { is: "pause", scope: "channel" }],
  [400, { is: "split" }],
  [401, { is: "pause", scope: "connection" }],
  [403, { is: "pause", scope: "channel" }],
  [404, { is: "pause", scope: "channel" }],
  [408, { is: "doubt" }],
  [413, { is: "split" }],
  [422, { is: "split" }],
  [425, { is: "retry" }],
  [429, { is: "retry" }],
  [500, { is: "doubt" }],
  [503, { is: "doubt" }],
])("a status of %i means %o", (status, outcome) => {
  expect(outcomeOf(answer(status))).toMatchObject(outcome);
});

test("how long to wait is read as seconds, as a date, or from the rate limit's reset", () => {
  const now = Date.parse("2026-11-21T10:00:00Z");
  expect(retryAfter(answer(429, { "retry-after": "30" }), now)).toBe(30_000);
  expect(retryAfter(answer(429, { "retry-after": "Sat, 21 Nov 2026 10:00:05 GMT" }), now)).toBe(5_000);
  expect(retryAfter(answer(429, { "retry-after": "Sat, 21 Nov 2026 09:00:00 GMT" }), now)).toBe(0);
  expect(retryAfter(answer(429, { "ratelimit-reset": "12" }), now)).toBe(12_000);
  expect(retryAfter(answer(429, { "retry-after": "soon" }), now)).toBeUndefined();
  expect(retryAfter(answer(429), now)).toBeUndefined();
});

test("a good answer says when nothing is left of the vendor's limit, and until when", () => {
  expect(usedUp(answer(200, { "ratelimit-remaining": "0", "ratelimit-reset": "12" }))).toBe(12_000);
  expect(usedUp(answer(200, { "ratelimit-remaining": "0" }))).toBeUndefined();
  expect(usedUp(answer(200, { "ratelimit-remaining": "7", "ratelimit-reset": "12" }))).toBeUndefined();
  expect(usedUp(answer(200, { ratelimit: '"default";r=0;t=30' }))).toBe(30_000);
  expect(usedUp(answer(200, { ratelimit: '"default";r=50;t=30' }))).toBeUndefined();
  expect(usedUp(answer(200))).toBeUndefined();
});

test("the vendor's own words are found in every shape of error that vendors use, and cut to 300 characters", () => {
  expect(wordsOf(answer(403, {}, '{"error":"Enterprise plan required"}'))).toBe("403 Enterprise plan required");
  expect(wordsOf(answer(400, {}, '{"error":{"code":"x","message":"No such field"}}'))).toBe("400 No such field");
  expect(wordsOf(answer(404, {}, '{"title":"Not Found","detail":"No pixel"}'))).toBe("404 No pixel");
  expect(wordsOf(answer(502, {}, "Bad\n  Gateway"))).toBe("502 Bad Gateway");
  expect(wordsOf(answer(503))).toBe("503");
  expect(wordsOf(answer(500, {}, "x".repeat(1000)))).toHaveLength(300);
});
