// The door against a bad database and broken HTTP, and its signature check held against Shopify's own library.
import { randomBytes, randomInt } from "node:crypto";
import "@shopify/shopify-api/adapters/node";
import { ApiVersion, shopifyApi } from "@shopify/shopify-api";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SANDBOX_SECRET, signWebhook } from "../../sandbox/sign.ts";
import { doorForTests, MOST, type Sent } from "../support/door.ts";

const door = doorForTests();

describe("broken HTTP", () => {
  test("a length of more than 5 MB is refused before the body comes", async () => {
    const said = await door().raw(`POST /webhooks HTTP/1.1\r\nHost: x\r\nContent-Length: ${MOST + 1}\r\n\r\n`);
    expect(said).toMatch(/^HTTP\/1\.1 413 /);
  });

  test("a body that breaks off is not taken", async () => {
    const headers = Object.entries(signWebhook({ topic: "orders/create", body: "{}" })).map(
      ([name, value]) => `${name}: ${value}`,
    );
    const said = await door().raw(
      `POST /webhooks HTTP/1.1\r\nHost: x\r\n${headers.join("\r\n")}\r\nContent-Length: 100\r\n\r\n{}`,
    );
    expect(said).not.toMatch(/^HTTP\/1\.1 200/);
    // What came before is committed with it.
    await door().isReached();
    expect((await door().stored()).map(({ body }) => `${body}`)).toEqual(['{"alive":true}']);
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
    expect(await door().raw(bytes)).not.toMatch(/^HTTP\/1\.1 200/);
    expect(await door().stored()).toEqual([]);
    await door().isReached();
  });
});

describe("a database that does not answer", () => {
  const timed = async (sent: Sent) => {
    const began = performance.now();
    const said = await door().send(sent);
    return { ...said, took: performance.now() - began };
  };
  const slowest = (all: { took: number }[]) => Math.max(...all.map(({ took }) => took));

  test.each([
    "stalled",
    "cut",
  ] as const)("%s: 503 within 4 s beyond what the machine needs, for one and for many, and all is well once it is back", async (mode) => {
    const many = () => Promise.all(Array.from({ length: 150 }, (_, n) => timed({ body: `{"n":${n}}` })));
    const usual = slowest(await many());
    door().way.set(mode);
    const all = await many();
    door().way.set("open");
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([503]));
    expect(slowest(all)).toBeLessThan(4_000 + 2 * usual);
    await door().isReached();
  });

  test("locked: 503 within 4 s beyond what the machine needs, and what got no 200 may be sent again", async () => {
    const { took: usual } = await timed({ headers: { "x-shopify-webhook-id": "before" } });
    const lock = Promise.withResolvers<void>();
    const locked = Promise.withResolvers<void>();
    const holding = door().database.db.transaction(async (sql) => {
      await sql.query("LOCK TABLE webhook IN ACCESS EXCLUSIVE MODE");
      locked.resolve();
      await lock.promise;
    });
    await locked.promise;
    const { status, took } = await timed({ headers: { "x-shopify-webhook-id": "again" } });
    lock.resolve();
    await holding;
    expect(status).toBe(503);
    expect(took).toBeLessThan(4_000 + 10 * usual);
    expect((await door().send({ headers: { "x-shopify-webhook-id": "again" } })).status).toBe(200);
    expect(await door().stored()).toHaveLength(2);
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
  const spoiled = fc.constantFrom("right", "right", "one letter", "shorter", "longer", "url", "case");
  const object = fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue()).map((value) => JSON.stringify(value));
  const body = fc.oneof(fc.string({ unit: "binary", minLength: 1 }), fc.json(), object);
  await fc.assert(
    fc.asyncProperty(body, fc.constantFrom(SANDBOX_SECRET, "another"), spoiled, async (rawBody, secret, how) => {
      const headers = signWebhook({ topic: "orders/create", body: rawBody, secret });
      headers["x-shopify-hmac-sha256"] = spoil(headers["x-shopify-hmac-sha256"] ?? "", how);
      const theirs = await webhooks.validate({ rawBody, rawRequest: { headers, method: "POST", url: "/webhooks" } });
      const ours = await door().send({ body: rawBody, headers });
      // What Shopify signs beside webhooks is no JSON object.
      expect(ours.status).toBe(theirs.valid && rawBody.trim().startsWith("{") ? 200 : 401);
    }),
    { numRuns: 300 },
  );
});
