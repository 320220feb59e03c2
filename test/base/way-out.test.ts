// Connections that were never made, and connections that end at the wrong moment: told apart by whether a byte of the request left.
import { createServer, type Server } from "node:http";
import { createServer as createTcpServer, type LookupFunction, type Server as TcpServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import { NothingLeft, openWayOut } from "../../app/base/way-out.ts";
import { AnswerLost, NothingSent, openHttp } from "../../app/destinations/http.ts";
import { freePort } from "../../scripts/port.mjs";

const servers: (Server | TcpServer)[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    if ("closeAllConnections" in server) server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
});
async function open(server: Server | TcpServer, scheme = "http"): Promise<string> {
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `${scheme}://127.0.0.1:${address.port}`;
}
const post = (baseUrl: string, fetch = openWayOut(), timeout = 2_000) =>
  openHttp({ baseUrl, headers: {}, fetch, timeout })({ method: "POST", path: "/events", json: { total: 1 } });

test.each([
  "closes",
  "resets",
  "says something else",
  "never answers",
])("a balancer that takes the connection and %s in the handshake got nothing", async (how) => {
  const url = await open(
    createTcpServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => {
        if (how === "closes") socket.end();
        if (how === "resets") socket.resetAndDestroy();
        if (how === "says something else") socket.end("HTTP/1.1 400 No\r\n\r\n");
      });
    }),
    "https",
  );
  const error = await post(url, openWayOut(), how === "never answers" ? 200 : 5_000).catch((error: Error) => error);
  expect(error).toBeInstanceOf(NothingSent);
  for (const server of servers) server.close();
});

test("nor did a host of which each address refuses", async () => {
  const port = await freePort();
  const lookup: LookupFunction = (_name, options, found) => {
    const addresses = ["127.0.0.2", "127.0.0.3"].map((address) => ({ address, family: 4 }));
    if (options.all) found(null, addresses);
    else found(null, "127.0.0.2", 4);
  };
  await expect(post(`http://two.example:${port}`, openWayOut({ lookup }))).rejects.toThrow(NothingSent);
});

test("nor a host whose name is not found in time, nor one that was given up before it was asked", async () => {
  const never: LookupFunction = () => {};
  await expect(post("http://slow.example", openWayOut({ lookup: never }), 100)).rejects.toThrow(NothingSent);
  const url = await open(createServer((_request, response) => response.end()));
  const asking = openWayOut()(url, { signal: AbortSignal.abort() });
  await expect(asking).rejects.toThrow(NothingLeft);
});

test("once a byte has left it is doubt, however the connection ends", async () => {
  for (const end of ["end", "resetAndDestroy", "destroy"] as const) {
    const url = await open(createTcpServer((socket) => socket.on("error", () => {}).once("data", () => socket[end]())));
    await expect(post(url), end).rejects.toThrow(AnswerLost);
  }
});

test("no request goes by a connection that the vendor may be closing just now", async () => {
  // Each connection is closed at the moment of its second request, without a word before.
  const url = await open(
    createTcpServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => {
        socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
        socket.once("data", () => socket.destroy());
      });
    }),
  );
  const fetch = openWayOut();
  for (let n = 0; n < 20; n += 1) expect((await post(url, fetch)).status).toBe(200);
});
