// Bytes that only pass through the web process: all of them arrive, their memory is given back, and one who leaves in the middle ends nothing.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { Readable, Writable } from "node:stream";
import { expect, test } from "vitest";
import { giveBack, handOn } from "../../app/doors/memory.ts";

/** In memory of its own, as Node's parser hands it out. */
const own = (bytes: Buffer) => {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
};

test("all bytes arrive in their order, however slowly they are taken, and no chunk is kept", async () => {
  const whole = randomBytes(3_000_000);
  const chunks = Array.from({ length: 50 }, (_, n) => own(whole.subarray(n * 60_000, (n + 1) * 60_000)));
  const taken: Buffer[] = [];
  const to = new Writable({
    highWaterMark: 1_000,
    write(chunk, _encoding, done) {
      taken.push(Buffer.from(chunk));
      setImmediate(done);
    },
  });
  handOn(Readable.from(chunks), to);
  await once(to, "finish");
  expect(Buffer.concat(taken).equals(whole)).toBe(true);
  expect(chunks.filter((chunk) => chunk.length > 0)).toEqual([]);
});

test("a chunk that shares its memory with others is left alone", () => {
  const shared = Buffer.allocUnsafeSlow(20_000).fill("a");
  const part = shared.subarray(0, 10_000);
  giveBack(part);
  expect(shared.toString()).toBe("a".repeat(20_000));
});

test("a reader who leaves in the middle of an answer ends nothing, and the next is answered", async () => {
  const body = own(Buffer.alloc(64 * 1024, "a"));
  const source = createServer((_request, response) => {
    for (let n = 0; n < 100; n += 1) response.write(body);
    response.end();
  }).listen(0);
  const way = createServer((_request, response) => {
    request({ port: (source.address() as AddressInfo).port }, (told) => handOn(told, response)).end();
  }).listen(0);
  const { port } = way.address() as AddressInfo;
  for (let n = 0; n < 20; n += 1) {
    await new Promise<void>((gone) => {
      const reader = connect(port, "localhost", () => reader.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
      reader.once("data", () => reader.resetAndDestroy());
      reader.once("close", () => gone());
    });
  }
  const answer = await fetch(`http://localhost:${port}/`);
  expect((await answer.arrayBuffer()).byteLength).toBe(100 * 64 * 1024);
  for (const server of [source, way]) {
    server.closeAllConnections();
    server.close();
  }
});
