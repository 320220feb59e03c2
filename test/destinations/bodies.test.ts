// Answers in every form that HTTP allows: what can be read is read, and a yes that is not whole is no yes.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { openWayOut } from "../../app/base/way-out.ts";
import type { Request } from "../../app/destinations/destination.ts";
import { AnswerLost, openHttp } from "../../app/destinations/http.ts";
import { open } from "../support/one-off-servers.ts";

const vendor = (answer: (request: IncomingMessage, response: ServerResponse) => void) => open(createServer(answer));
const out = (baseUrl: string, timeout = 2_000) => openHttp({ baseUrl, headers: {}, fetch: openWayOut(), timeout });
const POST: Request = { method: "POST", path: "/events", json: { total: 1 } };

const answers = (...parts: (string | Buffer)[]) =>
  open(
    createTcpServer((socket) => {
      socket.once("data", () => {
        for (const part of parts) socket.write(part);
        socket.end();
      });
    }),
  );
const JSON_200 = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
const whole = (headers: string, body: string | Buffer) => [
  `${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n`,
  body,
];
const OK = '{"ok":true}';

test.each<[string, (string | Buffer)[]]>([
  ["with a byte order mark", whole(JSON_200, `\ufeff${OK}`)],
  [
    "with a charset that nobody knows",
    whole("HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=x-none\r\n", OK),
  ],
  ["with its charset in quotes", whole('HTTP/1.1 200 OK\r\ncontent-type: application/json; charset="UTF-8"\r\n', OK)],
  ["in UTF-16 by its mark", whole(JSON_200, Buffer.from(`\ufeff${OK}`, "utf16le"))],
  ["without a content type", whole("HTTP/1.1 200 OK\r\n", OK)],
  ["packed by gzip", whole(`${JSON_200}content-encoding: gzip\r\n`, gzipSync(OK))],
  ["packed by gzip, as x-gzip", whole(`${JSON_200}content-encoding: x-gzip\r\n`, gzipSync(OK))],
  ["packed by gzip, as GZIP", whole(`${JSON_200}content-encoding: GZIP\r\n`, gzipSync(OK))],
  ["packed by gzip under a name of its own", whole(`${JSON_200}content-encoding: gzip-9\r\n`, gzipSync(OK))],
  ["packed by gzip, and does not say so", whole(JSON_200, gzipSync(OK))],
  ["packed by deflate", whole(`${JSON_200}content-encoding: deflate\r\n`, deflateSync(OK))],
  ["packed by raw deflate", whole(`${JSON_200}content-encoding: deflate\r\n`, deflateRawSync(OK))],
  ["packed by brotli", whole(`${JSON_200}content-encoding: br\r\n`, brotliCompressSync(OK))],
  ["packed by what is no packing", whole(`${JSON_200}content-encoding: utf-8\r\n`, OK)],
  [
    "in chunks",
    [`${JSON_200}transfer-encoding: chunked\r\n\r\n5\r\n${OK.slice(0, 5)}\r\n6\r\n${OK.slice(5)}\r\n0\r\n\r\n`],
  ],
  ["by HTTP/1.0, ended by its end", [`HTTP/1.0 200 OK\r\n\r\n${OK}`]],
  ["after a 103", ["HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n", ...whole(JSON_200, OK)]],
  ["as a 201", whole("HTTP/1.1 201 Created\r\n", OK)],
  ["as a 299", whole("HTTP/1.1 299 Fine\r\n", OK)],
])("an answer %s is read", async (_how, parts) => {
  expect(await out(await answers(...parts))(POST)).toMatchObject({ text: OK, json: { ok: true } });
});

test("no content is no JSON that is missing", async () => {
  expect(await out(await answers("HTTP/1.1 204 No Content\r\n\r\n"))(POST)).toMatchObject({
    status: 204,
    text: "",
    json: null,
  });
});

test.each<[string, (string | Buffer)[]]>([
  ["is shorter than it says", [`${JSON_200}content-length: 100\r\n\r\n`, OK]],
  ["ends within its chunks", [`${JSON_200}transfer-encoding: chunked\r\n\r\n5\r\n${OK.slice(0, 5)}`]],
  ["says that it is packed, and is not", whole(`${JSON_200}content-encoding: gzip\r\n`, OK)],
  ["is no HTTP", ["SSH-2.0-OpenSSH\r\n"]],
  ["is none", []],
])("a yes that %s is lost", async (_how, parts) => {
  await expect(out(await answers(...parts))(POST)).rejects.toThrow(AnswerLost);
});

test("a no stands by its status, also where its body breaks off or never ends", async () => {
  const cutOff = await answers("HTTP/1.1 429 Slow\r\nretry-after: 9\r\ncontent-length: 100\r\n\r\n", '{"err');
  expect(await out(cutOff)(POST)).toMatchObject({ status: 429, text: '{"err', json: undefined });
  const endless = await vendor((_request, response) => response.writeHead(401).write("{"));
  expect(await out(endless, 100)(POST)).toMatchObject({ status: 401 });
});

test("every text of an answer can be kept", async () => {
  const words = '{"error":"bad \\ud83d\\u0000 title","more":["\\udc00"]}';
  const { json, text } = await out(await answers(...whole(JSON_200, words.replace("title", "ti\0tle"))))(POST);
  expect(text).not.toContain("\0");
  expect(json).toEqual({ error: "bad \ufffd title", more: ["\ufffd"] });
});
