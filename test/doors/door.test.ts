// The door for webhooks on a real server and a real database: who gets in, and what is refused and how.
import { createHmac, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SECRET, SANDBOX_SHOP, signWebhook } from "../../sandbox/sign.ts";
import { doorForTests, MOST, OLD_SECRET, type Sent } from "../support/door.ts";

const door = doorForTests();

describe("what Shopify sends", () => {
  test("is committed byte for byte, answered 200, and the bell is rung", async () => {
    const body = Buffer.from(`{"id":9007199254740993,"note":"\\u0000 ü \ud83d\ude00"}`);
    const { status, text } = await door().send({ body, headers: { "x-shopify-webhook-id": "one" } });
    expect([status, text]).toEqual([200, ""]);
    expect(await door().stored()).toEqual([
      { shop: SANDBOX_SHOP, topic: "orders/create", webhook_id: "one", state: "received", body },
    ]);
    expect(door().rung).toEqual([SANDBOX_SHOP]);
  });

  test("again and again is answered 200 each time and stored once", async () => {
    const order = JSON.stringify(orderCreated(newOrder()).payload);
    const all = Array.from({ length: 50 }, () =>
      door().send({ body: order, headers: { "x-shopify-webhook-id": "one" } }),
    );
    expect((await Promise.all(all)).every(({ status }) => status === 200)).toBe(true);
    expect(await door().stored()).toHaveLength(1);
  });

  test("500 at once are all committed", async () => {
    const ids = Array.from({ length: 500 }, (_, n) => `webhook-${n}`);
    const all = await Promise.all(
      ids.map((id) => door().send({ body: `{"id":"${id}"}`, headers: { "x-shopify-webhook-id": id } })),
    );
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));
    const rows = await door().stored();
    expect(rows.map(({ webhook_id }) => webhook_id).toSorted()).toEqual(ids.toSorted());
    expect(rows.every(({ webhook_id, body }) => String(body) === `{"id":"${webhook_id}"}`)).toBe(true);
  });

  test.each([
    ["empty", "{}"],
    ["of nothing known, with white space about it", '\r\n\t {"no":"reader"} \n'],
    ["behind a byte order mark", '\ufeff{"a":1}'],
    ["of text that is no UTF-8", Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x80, 0x22, 0x7d])],
  ])("a signed object, %s, is stored", async (_what, body) => {
    expect((await door().send({ body })).status).toBe(200);
    expect((await door().stored())[0]?.body).toEqual(Buffer.from(body));
  });

  test("signed with the secret before the last rotation is taken", async () => {
    const headers = signWebhook({ topic: "orders/create", body: "{}", secret: OLD_SECRET });
    expect((await door().send({ headers })).status).toBe(200);
  });

  test("of exactly 5 MB is taken, in one piece or in chunks", async () => {
    const body = Buffer.from(
      `{"noise":"${randomBytes(MOST / 2)
        .toString("hex")
        .slice(12)}"}`,
    );
    expect((await door().send({ body, headers: { "x-shopify-webhook-id": "whole" } })).status).toBe(200);
    expect((await door().send({ body, headers: { "x-shopify-webhook-id": "chunks" }, chunked: true })).status).toBe(
      200,
    );
    expect((await door().stored()).every((row) => row.body.equals(body))).toBe(true);
  });

  test("is of the same shop and topic in whatever letters", async () => {
    const headers = { "x-shopify-topic": "Orders/Create", "x-shopify-shop-domain": "Test-Shop.MyShopify.com" };
    expect((await door().send({ headers })).status).toBe(200);
    expect(await door().stored()).toMatchObject([{ shop: "test-shop.myshopify.com", topic: "orders/create" }]);
  });

  test.each([
    ["no time", "yesterday"],
    ["a year after 9999", "99999"],
    ["a year before the first", "-000001-01-01T00:00:00Z"],
    ["the year 0", "0000-06-01T00:00:00Z"],
    ["no end", "2".repeat(8_000)],
  ])("with %s as its time is taken without one", async (_what, time) => {
    expect((await door().send({ headers: { "x-shopify-triggered-at": time } })).status).toBe(200);
    expect(await door().database.db.query("SELECT triggered_at FROM webhook")).toEqual([{ triggered_at: null }]);
  });
});

describe("what is refused", () => {
  const refused = async (sent: Sent, status: number) => {
    const said = await door().send(sent);
    expect(said.status).toBe(status);
    expect(said.text).not.toBe("");
    expect(await door().stored()).toEqual([]);
    expect(door().rung).toEqual([]);
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
    ...["topic", "webhook-id", "event-id", "api-version"].map((name): [string, Sent] => [
      `an endless ${name}`,
      { headers: { [`x-shopify-${name}`]: "a".repeat(256) } },
    ]),
    ["a shop without end", { headers: { "x-shopify-shop-domain": `${"a".repeat(256)}.myshopify.com` } }],
    ["a shop that goes on", { headers: { "x-shopify-shop-domain": "shop.myshopify.com.example.com" } }],
  ])("signed, but %s: 400", async (_what, sent) => void (await refused(sent, 400)));

  test("a body over 5 MB is answered 413, whether its length is told or not", async () => {
    const body = Buffer.alloc(MOST + 1, "a");
    const told = await refused({ body }, 413).catch(cutOff);
    const untold = await refused({ body, chunked: true }, 413).catch(cutOff);
    expect([told, untold]).not.toContain("accepted");
    await door().isReached();
  });
  /** Who still writes when the answer comes may find the connection closed before reading it. */
  const cutOff = (error: NodeJS.ErrnoException) => {
    expect(["ECONNRESET", "EPIPE"]).toContain(error.code);
    return error.code;
  };
});
