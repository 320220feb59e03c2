// The door for webhooks on a real server and a real database: who gets in, what is refused and how, what a bad database costs.
import { createHmac, randomBytes, randomInt } from "node:crypto";
import { Agent, createServer, request, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import "@shopify/shopify-api/adapters/node";
import { ApiVersion, shopifyApi } from "@shopify/shopify-api";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "../app/db.server.ts";
import { openReceiver } from "../app/delivery/receive.ts";
import { openDoor } from "../app/door.server.ts";
import { newOrder, orderCreated } from "../sandbox/shop.ts";
import { SANDBOX_SECRET, SANDBOX_SHOP, signWebhook } from "../sandbox/sign.ts";
import { freshDatabase, type TestDatabase } from "./support/database.ts";
import { openStalling, type Stalling } from "./support/stalling.ts";

const OLD_SECRET = "the-secret-before";
const MOST = 5 * 1024 * 1024;

let database: TestDatabase;
let way: Stalling;
let doorDb: Database;
let server: Server;
let port: number;
const rung: string[] = [];
const faults: unknown[] = [];
const agent = new Agent({ keepAlive: true, maxSockets: 500 });

beforeAll(async () => {
  database = await freshDatabase();
  way = await openStalling(database.url);
  doorDb = openDatabase(way.url, { size: 6, timeout: 2_000 });
  const door = openDoor({
    receive: openReceiver(doorDb),
    secrets: [SANDBOX_SECRET, OLD_SECRET],
    ring: (shop) => void rung.push(shop),
    answered: () => {},
    failed: () => {},
  });
  server = createServer((incoming, outgoing) => {
    door(incoming, outgoing).catch((error: unknown) => {
      faults.push(error);
      outgoing.destroy();
    });
  });
  server.keepAliveTimeout = 75_000; // as in the web process
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  agent.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await way.close();
  await Promise.all([doorDb.end(), database.drop()]);
  expect(faults).toEqual([]);
});
beforeEach(async () => {
  rung.length = 0;
  await database.db.query("DELETE FROM webhook");
});

interface Said {
  status: number;
  headers: Record<string, unknown>;
  text: string;
}
interface Sent {
  body?: string | Buffer;
  headers?: Record<string, string | undefined>;
  method?: string;
  chunked?: boolean;
}
/** Signed as Shopify does, but for what is said otherwise; a header that is undefined is left out. */
function send({ body = "{}", headers = {}, method = "POST", chunked = false }: Sent): Promise<Said> {
  const all = Object.entries({ ...signWebhook({ topic: "orders/create", body }), ...headers });
  const given = Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== undefined));
  const length = chunked ? {} : { "content-length": String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = request({ port, agent, method, path: "/webhooks", headers: { ...given, ...length } }, (answer) => {
      let text = "";
      answer.on("data", (chunk) => (text += chunk));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
      answer.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
/** Bytes as they are; resolves with what came back when the connection ends, or an answer is there. */
function raw(bytes: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    let said = "";
    const socket = connect(port, "127.0.0.1", () => socket.end(bytes));
    socket.on("data", (chunk) => (said += chunk));
    socket.on("error", () => {}); // cut off: what was said counts
    socket.on("close", () => resolve(said));
  });
}
const stored = () =>
  database.db.query<{ shop: string; topic: string; webhook_id: string; state: string; body: Buffer }>(
    "SELECT shop, topic, webhook_id, state, body FROM webhook ORDER BY id",
  );
const isReached = async () => expect((await send({ body: "alive" })).status).toBe(200);

describe("what Shopify sends", () => {
  test("is committed byte for byte, answered 200, and the bell is rung", async () => {
    const body = Buffer.from(`{"id":9007199254740993,"note":"\\u0000 ü \ud83d\ude00"}`);
    const { status, text } = await send({ body, headers: { "x-shopify-webhook-id": "one" } });
    expect([status, text]).toEqual([200, ""]);
    expect(await stored()).toEqual([
      { shop: SANDBOX_SHOP, topic: "orders/create", webhook_id: "one", state: "received", body },
    ]);
    expect(rung).toEqual([SANDBOX_SHOP]);
  });

  test("again and again is answered 200 each time and stored once", async () => {
    const order = JSON.stringify(orderCreated(newOrder()).payload);
    const all = Array.from({ length: 50 }, () => send({ body: order, headers: { "x-shopify-webhook-id": "one" } }));
    expect((await Promise.all(all)).every(({ status }) => status === 200)).toBe(true);
    expect(await stored()).toHaveLength(1);
  });

  test("500 at once are all committed", async () => {
    const ids = Array.from({ length: 500 }, (_, n) => `webhook-${n}`);
    const all = await Promise.all(ids.map((id) => send({ body: id, headers: { "x-shopify-webhook-id": id } })));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));
    const rows = await stored();
    expect(rows.map(({ webhook_id }) => webhook_id).toSorted()).toEqual(ids.toSorted());
    expect(rows.every(({ webhook_id, body }) => String(body) === webhook_id)).toBe(true);
  });

  test.each([
    ["no JSON", "no json {"],
    ["nothing", ""],
    ["bytes", Buffer.from([0xff, 0, 0xfe])],
  ])("signed, but %s in the body, is stored all the same", async (_what, body) => {
    expect((await send({ body })).status).toBe(200);
    expect((await stored())[0]?.body).toEqual(Buffer.from(body));
  });

  test("signed with the secret before the last rotation is taken", async () => {
    const headers = signWebhook({ topic: "orders/create", body: "{}", secret: OLD_SECRET });
    expect((await send({ headers })).status).toBe(200);
  });

  test("of exactly 5 MB is taken, in one piece or in chunks", async () => {
    const body = randomBytes(MOST);
    expect((await send({ body, headers: { "x-shopify-webhook-id": "whole" } })).status).toBe(200);
    expect((await send({ body, headers: { "x-shopify-webhook-id": "chunks" }, chunked: true })).status).toBe(200);
    expect((await stored()).every((row) => row.body.equals(body))).toBe(true);
  });

  test("with an unreadable time is taken without one", async () => {
    expect((await send({ headers: { "x-shopify-triggered-at": "yesterday" } })).status).toBe(200);
    expect(await database.db.query("SELECT triggered_at FROM webhook")).toEqual([{ triggered_at: null }]);
  });
});

describe("what is refused", () => {
  const refused = async (sent: Sent, status: number) => {
    const said = await send(sent);
    expect(said.status).toBe(status);
    expect(said.text).not.toBe("");
    expect(await stored()).toEqual([]);
    expect(rung).toEqual([]);
    return said;
  };
  const without = (...names: string[]) => ({
    headers: Object.fromEntries(names.map((name) => [`x-shopify-${name}`, undefined])),
  });

  test.each(["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])("%s is answered 405 with what is allowed", async (method) => {
    const { headers } = await refused({ method }, 405);
    expect(headers.allow).toBe("POST");
  });

  test.each<[string, Sent]>([
    ["no signature", without("hmac-sha256")],
    ["an empty signature", { headers: { "x-shopify-hmac-sha256": "" } }],
    ["another's signature", { headers: signWebhook({ topic: "orders/create", body: "{}", secret: "another" }) }],
    ["the signature of another body", { headers: signWebhook({ topic: "orders/create", body: "{} " }) }],
    [
      "the signature in hex",
      { headers: { "x-shopify-hmac-sha256": createHmac("sha256", SANDBOX_SECRET).update("{}").digest("hex") } },
    ],
    ["an endless signature", { headers: { "x-shopify-hmac-sha256": "A".repeat(8_000) } }],
    ["no header at all", without("hmac-sha256", "topic", "shop-domain", "webhook-id")],
  ])("%s is answered 401", async (_what, sent) => void (await refused(sent, 401)));

  test.each<[string, Sent]>([
    ["no topic", without("topic")],
    ["no webhook id", without("webhook-id")],
    ["no shop", without("shop-domain")],
    ["a shop elsewhere", { headers: { "x-shopify-shop-domain": "shop.example.com" } }],
    ["a shop that only looks like one", { headers: { "x-shopify-shop-domain": "evil.com/shop.myshopify.com" } }],
    ["a shop below another", { headers: { "x-shopify-shop-domain": "a.b.myshopify.com" } }],
    ["a shop that goes on", { headers: { "x-shopify-shop-domain": "shop.myshopify.com.example.com" } }],
  ])("signed, but %s: 400", async (_what, sent) => void (await refused(sent, 400)));

  test("a body over 5 MB is answered 413, whether its length is told or not", async () => {
    const body = Buffer.alloc(MOST + 1, "a");
    const told = await refused({ body }, 413).catch(cutOff);
    const untold = await refused({ body, chunked: true }, 413).catch(cutOff);
    expect([told, untold]).not.toContain("accepted");
    await isReached();
  });
  /** Who still writes when the answer comes may find the connection closed before reading it. */
  const cutOff = (error: NodeJS.ErrnoException) => {
    expect(["ECONNRESET", "EPIPE"]).toContain(error.code);
    return error.code;
  };

  test("a length of more than 5 MB is refused before the body comes", async () => {
    const said = await raw(`POST /webhooks HTTP/1.1\r\nHost: x\r\nContent-Length: ${MOST + 1}\r\n\r\n`);
    expect(said).toMatch(/^HTTP\/1\.1 413 /);
  });

  test("a body that breaks off is not taken", async () => {
    const headers = Object.entries(signWebhook({ topic: "orders/create", body: "{}" })).map(
      ([name, value]) => `${name}: ${value}`,
    );
    const said = await raw(
      `POST /webhooks HTTP/1.1\r\nHost: x\r\n${headers.join("\r\n")}\r\nContent-Length: 100\r\n\r\n{}`,
    );
    expect(said).not.toMatch(/^HTTP\/1\.1 200/);
    expect(await stored()).toEqual([]);
    await isReached();
  });

  test.each([
    ["noise", randomBytes(200)],
    ["no HTTP", "hello\r\n\r\n"],
    ["two lengths", "POST /webhooks HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}"],
    [
      "length and chunks",
      "POST /webhooks HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    ["a broken chunk", "POST /webhooks HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n"],
    ["headers without end", `POST /webhooks HTTP/1.1\r\nHost: x\r\nX-A: ${"a".repeat(40_000)}`],
    ["a line feed in a header", "POST /webhooks HTTP/1.1\r\nHost: x\r\nX-Shopify-Topic: a\nb\r\n\r\n"],
  ])("malformed HTTP (%s) gets no 200 and harms nobody", async (_what, bytes) => {
    expect(await raw(bytes)).not.toMatch(/^HTTP\/1\.1 200/);
    expect(await stored()).toEqual([]);
    await isReached();
  });
});

describe("a database that does not answer", () => {
  const timed = async (sent: Sent) => {
    const began = performance.now();
    const said = await send(sent);
    return { ...said, took: performance.now() - began };
  };

  test.each([
    "stalled",
    "cut",
  ] as const)("%s: 503 within 4 s, for one and for many, and all is well once it is back", async (mode) => {
    await isReached();
    way.set(mode);
    const all = await Promise.all(Array.from({ length: 150 }, (_, n) => timed({ body: `${n}` })));
    way.set("open");
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([503]));
    expect(Math.max(...all.map(({ took }) => took))).toBeLessThan(4_000);
    await isReached();
  });

  test("locked: 503 within 4 s, and what got no 200 may be sent again", async () => {
    const lock = Promise.withResolvers<void>();
    const locked = Promise.withResolvers<void>();
    const holding = database.db.transaction(async (sql) => {
      await sql.query("LOCK TABLE webhook IN ACCESS EXCLUSIVE MODE");
      locked.resolve();
      await lock.promise;
    });
    await locked.promise;
    const { status, took } = await timed({ headers: { "x-shopify-webhook-id": "again" } });
    lock.resolve();
    await holding;
    expect(status).toBe(503);
    expect(took).toBeLessThan(4_000);
    expect((await send({ headers: { "x-shopify-webhook-id": "again" } })).status).toBe(200);
    expect(await stored()).toHaveLength(1);
  });
});

test("says yes to a signature exactly where Shopify's own library does", async () => {
  const { webhooks } = shopifyApi({
    apiKey: "key",
    apiSecretKey: SANDBOX_SECRET,
    apiVersion: ApiVersion.July26 ?? Object.values(ApiVersion)[0],
    hostName: "localhost",
    isEmbeddedApp: true,
    logger: { log: async () => {} },
  });
  const spoil = (hmac: string, how: string) => {
    const at = randomInt(hmac.length - 1);
    if (how === "one letter") return hmac.slice(0, at) + (hmac[at] === "A" ? "B" : "A") + hmac.slice(at + 1);
    if (how === "shorter") return hmac.slice(0, at + 1);
    if (how === "longer") return `${hmac}=`;
    if (how === "url") return hmac.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    return how === "case" ? hmac.toLowerCase() : hmac;
  };
  const way = fc.constantFrom("right", "right", "one letter", "shorter", "longer", "url", "case");
  const body = fc.oneof(fc.string({ unit: "binary", minLength: 1 }), fc.json());
  await fc.assert(
    fc.asyncProperty(body, fc.constantFrom(SANDBOX_SECRET, "another"), way, async (rawBody, secret, how) => {
      const headers = signWebhook({ topic: "orders/create", body: rawBody, secret });
      headers["x-shopify-hmac-sha256"] = spoil(headers["x-shopify-hmac-sha256"] ?? "", how);
      const theirs = await webhooks.validate({ rawBody, rawRequest: { headers, method: "POST", url: "/webhooks" } });
      const ours = await send({ body: rawBody, headers });
      expect(ours.status).toBe(theirs.valid ? 200 : 401);
    }),
    { numRuns: 300 },
  );
});

/** `FUZZ=100000 npm test -- test/door.test.ts` is the long run. */
const ROUNDS = Number(process.env.FUZZ ?? 2_000);

test(`of ${ROUNDS} forged and mutated requests not one gets in, and memory stays flat`, async () => {
  const real = JSON.stringify(orderCreated(newOrder()).payload);
  const answers = new Map<number, number>();
  const began = performance.now();
  const settle = () => new Promise((resolve) => setTimeout(resolve, 50));
  let early = 0;
  let left = ROUNDS;
  const attack = async () => {
    while (left > 0) {
      left -= 1;
      if (left % 50 === 0) {
        expect(await raw(mangled(real))).not.toMatch(/^HTTP\/1\.1 200/);
        continue;
      }
      const { status } = await send(forged(real));
      answers.set(status, (answers.get(status) ?? 0) + 1);
      if (early === 0 && left < ROUNDS * 0.7) early = process.memoryUsage().rss;
    }
  };
  await Promise.all(Array.from({ length: 20 }, attack));
  await settle();
  const grown = Math.round((process.memoryUsage().rss - early) / 2 ** 20);
  const figures = {
    rounds: ROUNDS,
    accepted: answers.get(200) ?? 0,
    answers: Object.fromEntries(answers),
    crashes: faults.length,
    grownMB: grown,
    seconds: Math.round((performance.now() - began) / 100) / 10,
  };
  console.log(JSON.stringify(figures));
  expect(figures.accepted).toBe(0);
  expect([...answers.keys()].every((status) => [400, 401, 405, 413].includes(status))).toBe(true);
  expect(await stored()).toEqual([]);
  expect(grown).toBeLessThan(150);
  await isReached();
}, 600_000);

/** A real webhook that somebody without the secret has made or changed. */
function forged(real: string): Sent {
  const flipped = () => {
    const bytes = Buffer.from(real);
    const at = randomInt(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << randomInt(8));
    return bytes;
  };
  const signature = () => randomBytes(randomInt(1, 48)).toString("base64");
  const ways: (() => Sent)[] = [
    () => ({ body: flipped(), headers: signWebhook({ topic: "orders/create", body: real }) }),
    () => ({
      body: real.slice(0, randomInt(real.length)),
      headers: signWebhook({ topic: "orders/create", body: real }),
    }),
    () => ({
      body: real,
      headers: signWebhook({ topic: "orders/create", body: real, secret: randomBytes(8).toString("hex") }),
    }),
    () => ({ body: real, headers: { "x-shopify-hmac-sha256": signature() } }),
    () => ({ body: real, headers: { "x-shopify-hmac-sha256": undefined, authorization: `Bearer ${signature()}` } }),
    () => ({
      body: randomBytes(randomInt(2_000)),
      headers: {
        "x-shopify-hmac-sha256": signature(),
        "x-shopify-topic": randomBytes(20)
          .toString("latin1")
          .replace(/[^\x20-\x7e]/g, "x"),
      },
    }),
    () => ({
      body: real,
      headers: { "x-shopify-hmac-sha256": signature(), "x-shopify-shop-domain": "../../etc/passwd" },
      chunked: true,
    }),
    () => ({ method: ["GET", "PUT", "DELETE", "PATCH", "PROPFIND"][randomInt(5)] ?? "GET", body: real }),
  ];
  return (ways[randomInt(ways.length)] ?? ways[0])?.() ?? {};
}

/** A request that is no HTTP any more, or says more than it has. */
function mangled(real: string): Buffer {
  const headers = Object.entries(signWebhook({ topic: "orders/create", body: real, secret: "another" }));
  const head = ["POST /webhooks HTTP/1.1", "Host: x", ...headers.map(([name, value]) => `${name}: ${value}`)];
  const bytes = Buffer.from(`${head.join("\r\n")}\r\nContent-Length: ${real.length}\r\n\r\n${real}`);
  for (let n = randomInt(1, 8); n > 0; n -= 1) bytes[randomInt(600)] = randomInt(256);
  return bytes.subarray(0, randomInt(1, bytes.length));
}
