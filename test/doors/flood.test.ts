// The door against many strangers at once: what they send fills no memory, holds no place, and keeps no webhook waiting.
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { piecesOf } from "../../app/doors/body.ts";
import { openGate } from "../../app/doors/gate.ts";
import { signWebhook } from "../../sandbox/sign.ts";
import { doorForTests, MOST } from "../support/door.ts";

const door = doorForTests();
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

const FORGED = createHmac("sha256", "another").update("{}").digest("base64");
const headOf = (headers: Record<string, string>) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("");

/** A request whose body stays open; `said` is what came back so far. */
async function begin(headers: Record<string, string>) {
  const socket = connect(door().port, "127.0.0.1");
  sockets.push(socket);
  const open = { socket, said: "" };
  socket.setEncoding("utf8").on("data", (text: string) => {
    open.said += text;
  });
  socket.on("error", () => {}); // its close follows
  socket.write(`POST /webhooks HTTP/1.1\r\nHost: x\r\n${headOf(headers)}\r\n`);
  return open;
}
const until = async (condition: () => boolean | Promise<boolean>) => {
  while (!(await condition())) await sleep(10);
};
const forged = () => ({ ...signWebhook({ topic: "orders/create", body: "{}" }), "x-shopify-hmac-sha256": FORGED });

test.each([
  ["no signature", { "x-shopify-hmac-sha256": "" }, 401],
  ["a signature that can be none", { "x-shopify-hmac-sha256": "c2hvcnQ=" }, 401],
  ["no topic", { "x-shopify-topic": "" }, 400],
  ["no shop", { "x-shopify-shop-domain": "evil.example.com" }, 400],
  ["no webhook id", { "x-shopify-webhook-id": "" }, 400],
])("%s is answered before a byte of the body has come", async (_what, wrong, status) => {
  const open = await begin({ ...forged(), ...wrong, "content-length": "1000" });
  await until(() => open.said !== "");
  expect(open.said).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(open.said).toMatch(/the|needed|X-Shopify/);
});

test.each([
  "topic",
  "shop-domain",
  "webhook-id",
  "event-id",
  "api-version",
  "triggered-at",
  "hmac-sha256",
])("two headers X-Shopify-%s are answered 400, be they alike or not", async (name) => {
  const [body, key] = ["{}", `x-shopify-${name}`];
  const headers = {
    ...signWebhook({ topic: "orders/create", body }),
    "x-shopify-event-id": "event",
    "x-shopify-api-version": "2026-10",
  };
  for (const second of [(headers as Record<string, string>)[key] ?? "", "another"]) {
    const lines = `${headOf(headers)}${key}: ${second}\r\nContent-Length: 2\r\n`;
    const said = await door().raw(`POST /webhooks HTTP/1.1\r\nHost: x\r\n${lines}\r\n${body}`);
    expect(said, second).toMatch(/^HTTP\/1\.1 400 /);
    expect(said).toContain(`X-Shopify-${name} is there more than once`);
  }
  expect(await door().stored()).toEqual([]);
});

test("a topic that something on the way has joined out of two is none", async () => {
  const headers = signWebhook({ topic: "orders/create, app/uninstalled", body: "{}" });
  expect((await door().send({ headers })).status).toBe(400);
});

test("bodies beyond the room are told 503, Shopify's come in meanwhile, and once the strangers are gone so do the largest", async () => {
  await door().isReached();
  const all = await Promise.all(
    Array.from({ length: 20 }, () => begin({ ...forged(), "content-length": String(MOST) })),
  );
  const piece = Buffer.alloc(MOST - 1, "a");
  for (const { socket } of all) socket.write(piece);
  // Four of the twenty fit; the others are answered as soon as the room is full.
  await until(() => all.filter(({ said }) => said.startsWith("HTTP/1.1 503 ")).length >= 16);
  expect(all.find(({ said }) => said.startsWith("HTTP/1.1 503 "))?.said).toContain("send it again");
  expect((await door().send({ body: `{"note":"${"a".repeat(100_000)}"}` })).status).toBe(200);
  for (const { socket } of all) socket.destroy();
  const largest = `{"note":"${"a".repeat(MOST - 11)}"}`;
  await until(async () => (await door().send({ body: largest })).status === 200);
});

test("webhooks that come one after the other weigh nothing together", async () => {
  const body = `{"note":"${"a".repeat(4_000_000)}"}`;
  for (let n = 0; n < 8; n += 1) expect((await door().send({ body })).status).toBe(200);
});

test("a body that comes in pieces of a byte takes the memory of one", async () => {
  let read: Promise<Buffer[]> | undefined;
  const server = createServer((request) => {
    read = piecesOf(request, { largest: MOST, says: "", within: 600_000 }, openGate(MOST).open());
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  sockets.push(socket);
  socket.write("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (let n = 0; n < 20; n += 1) socket.write("1\r\na\r\n".repeat(10_000));
  socket.write("0\r\n\r\n");
  await until(() => read !== undefined);
  const pieces = (await read) ?? [];
  const whole = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const behind = new Set(pieces.map(({ buffer }) => buffer));
  expect(whole).toBe(200_000);
  expect([...behind].reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(2 * whole);
  expect(pieces.length).toBeLessThan(40);
  server.close();
});

test("what came of a body that broke off is not taken for all of it", async () => {
  const read = Promise.withResolvers<Buffer[]>();
  const server = createServer((request) => {
    piecesOf(request, { largest: MOST, says: "", within: 600_000 }, openGate(MOST).open()).then(
      read.resolve,
      read.reject,
    );
    request.once("data", () => socket.destroy());
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{}");
  await expect(read.promise).rejects.toThrow("did not arrive whole");
  server.close();
});

test("a body that does not come is not waited for longer than Shopify waits", { timeout: 20_000 }, async () => {
  const open = await begin({ ...forged(), "content-length": "1000" });
  open.socket.write("{");
  await until(() => open.said !== "");
  expect(open.said).toMatch(/^HTTP\/1\.1 408 /);
  expect(open.said).toContain("in time");
});

test("the gate holds at most what it has room for, and has all of it again in the end", () => {
  const steps = fc.array(fc.tuple(fc.nat(9), fc.nat(3_000_000), fc.boolean()));
  fc.assert(
    fc.property(steps, (taken) => {
      const gate = openGate(4_000_000);
      const [holds, sums] = [Array.from({ length: 10 }, () => gate.open()), Array.from({ length: 10 }, () => 0)];
      for (const [at, bytes, gives] of taken) {
        if (gives) {
          holds[at]?.release();
          sums[at] = 0;
        } else if (holds[at]?.take(bytes)) sums[at] = (sums[at] ?? 0) + bytes;
        expect(sums.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(4_000_000);
      }
      for (const hold of holds) hold.release();
      expect(gate.open().take(3_000_000)).toBe(true);
    }),
  );
});

test("large bodies leave the small ones their room", () => {
  const gate = openGate(40_000_000);
  const large = Array.from({ length: 10 }, () => gate.open());
  const taken = large.map((hold) => hold.take(5_000_000));
  expect(taken.filter(Boolean)).toHaveLength(6);
  expect(gate.open().take(100_000)).toBe(true);
});
