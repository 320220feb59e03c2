// The one way out: a broken connection is told apart by whether the vendor may have acted.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { expect, test } from "vitest";
import { openWayOut } from "../../app/base/way-out.ts";
import type { Request } from "../../app/destinations/destination.ts";
import { AnswerLost, NothingSent, openHttp } from "../../app/destinations/http.ts";
import { outcomeOf } from "../../app/destinations/meaning.ts";
import { open, servers } from "../support/one-off-servers.ts";

const vendor = (answer: (request: IncomingMessage, response: ServerResponse) => void) => open(createServer(answer));
const out = (baseUrl: string, timeout = 2_000) =>
  openHttp({ baseUrl, headers: { "x-key": "k" }, fetch: openWayOut(), timeout });
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

test("what goes wrong is told in words, without the address, the query and the headers", async () => {
  const url = await vendor((request) => request.socket.destroy());
  const error = await out(url)({ ...POST, query: { key: "hidden" } }).catch((error: Error) => error);
  expect(error).toBeInstanceOf(AnswerLost);
  expect((error as Error).message).toMatch(/^[a-z :]+$/);
  expect((error as Error).message).not.toMatch(/hidden|x-key/);
});
