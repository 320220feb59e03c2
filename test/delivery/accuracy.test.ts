// The figure adds up, to the order: whatever became of an order at a vendor, it stands in one place, and what is missing is sent.
import { afterEach, beforeEach, expect, test } from "vitest";
import { orderList } from "../../app/delivery/accuracy/order-list.ts";
import { sendMissing } from "../../app/delivery/accuracy/send-missing.ts";
import { share } from "../../app/delivery/accuracy/tally.ts";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import { disconnectConnection, switchConnection } from "../../app/delivery/connections/switch-connection.ts";
import { dismiss } from "../../app/delivery/ledger/decide.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import {
  alanaRefuses,
  around,
  clicked,
  closeFigure,
  DAY,
  figure,
  idOf,
  listed,
  openFigure,
  place,
  stands,
  trip,
} from "../support/figure.ts";

beforeEach(openFigure);
afterEach(closeFigure);

test("with five vendors of which one was down, one skipped, one refused and one was told twice, each order stands in one place", async () => {
  await place(3);
  await fetch(`${trip.vendors.url}/shopipixel/api/v1/events`, {
    method: "POST",
    headers: { authorization: "Bearer sp_sandbox", "content-type": "application/json" },
    body: JSON.stringify({ eventName: "Purchase", eventId: "purchase_4003", eventTime: Math.floor(Date.now() / 1000) }),
  });
  await place(1, clicked());
  await place(2);
  await place(4);
  await place(5, {}, new Date(trip.road.clock().getTime() - DAY));
  await trip.run();
  trip.vendors.misbehave("tolinku", "500");
  await place(6);
  await trip.run();
  expect(await stands("shopipixel")).toEqual({ orders: 6, sent: 5, had: 1, before: 1 });
  expect(await stands("prisjakt")).toEqual({ orders: 6, sent: 1, skipped: 4, before: 1 });
  expect(await stands("alana")).toEqual({ orders: 6, sent: 3, refused: 1, unknown: 1, before: 1 });
  expect(await stands("tolinku")).toEqual({ orders: 6, sent: 4, waiting: 1, before: 1 });
  expect(await stands("shopimind")).toEqual({ orders: 6, sent: 6 });
  expect((await figure("prisjakt")).skipped).toEqual([
    { says: "no click id: the buyer did not come from Prisjakt", orders: 4 },
  ]);
  expect(await listed("alana", ["refused", "unknown"])).toEqual([
    expect.stringMatching(/^#6 unknown: /),
    "#4 refused: alana.shopping refused it (400): “no such order”",
  ]);
  expect(await listed("tolinku", ["waiting", "before"])).toEqual([
    expect.stringMatching(/^#6 waiting/),
    "#5 before: it happened before this connection was made",
  ]);
  const { total, money: worth } = await figure("tolinku");
  expect(share(total)).toBe(80);
  expect(worth).toMatchObject({
    currency: "EUR",
    orders: "179.40",
    by: { sent: "119.60", waiting: "29.90", before: "29.90" },
  });
});

test("the missing ones are sent again; what cannot be is said, by why", async () => {
  await place(4);
  await trip.run();
  expect(await stands("alana")).toEqual({ orders: 1, refused: 1 });
  const id = await idOf("alana");
  const [page] = (
    await orderList(trip.road, SANDBOX_SHOP, {
      ...{ connectionId: id, range: around(), outcomes: ["refused"], after: null, limit: 1 },
    })
  ).orders;
  await dismiss(trip.road, SANDBOX_SHOP, { ids: [page?.deliveryId ?? ""] });
  const none = { dismissed: 0, off: 0, old: 0, over: 0 };
  expect(await sendMissing(trip.road, SANDBOX_SHOP, around(), id)).toEqual({
    sent: 0,
    left: { ...none, dismissed: 1 },
  });
  await trip.road.db.query("UPDATE delivery SET dismissed_at = NULL");
  await switchConnection(trip.road, SANDBOX_SHOP, id, "off");
  expect(await sendMissing(trip.road, SANDBOX_SHOP, around(), id)).toEqual({ sent: 0, left: { ...none, off: 1 } });
  await switchConnection(trip.road, SANDBOX_SHOP, id, "on");
  alanaRefuses(false);
  expect(await sendMissing(trip.road, "other-shop.myshopify.com", around(), id)).toEqual({ sent: 0, left: none });
  expect(await sendMissing(trip.road, SANDBOX_SHOP, around(), id)).toEqual({ sent: 1, left: none });
  expect(await stands("alana")).toEqual({ orders: 1, waiting: 1 });
  await trip.run();
  expect(await stands("alana")).toEqual({ orders: 1, sent: 1 });
  const purchase =
    "UPDATE delivery SET state = 'expired', occurred_at = now() - interval '2 days' WHERE worth IS NOT NULL";
  await trip.road.db.query(`${purchase} AND destination = 'shopipixel'`);
  expect(await sendMissing(trip.road, SANDBOX_SHOP, around(), await idOf("shopipixel"))).toEqual({
    sent: 0,
    left: { ...none, over: 1 },
  });
});

test("an order that a rule or a switch left out is said with it, and what was told under the account stays told", async () => {
  const rule = (paid: string) =>
    trip.road.db.query("UPDATE connection SET rules = rules || $1::jsonb WHERE destination = 'tolinku'", [
      JSON.stringify({ purchaseWhen: paid }),
    ]);
  await rule("paid");
  await place(1);
  await place(2, { financial_status: "paid" });
  await trip.run();
  expect(await listed("tolinku")).toEqual(
    expect.arrayContaining(["#1 waiting: it is not paid yet, and counts here when it is", "#2 sent"]),
  );
  await rule("placed");
  await trip.road.db.query("UPDATE connection SET created_at = created_at - interval '1 hour'");
  await switchConnection(trip.road, SANDBOX_SHOP, await idOf("tolinku"), "off");
  await place(3);
  await trip.run();
  expect((await listed("tolinku"))[0]).toBe(
    "#3 skipped: the connection, or its purchases, were switched off when it came",
  );
  await disconnectConnection(trip.road, SANDBOX_SHOP, await idOf("tolinku"));
  trip.forward(60_000);
  const settings = { domain: "https://sandbox.tolinku.example", apiKey: "tolk_sec_sandbox" };
  const again = { id: null, destination: "tolinku", name: "Tolinku", settings, rules: {} };
  expect(await saveConnection(trip.road, SANDBOX_SHOP, again)).toMatchObject({ ok: true });
  expect((await listed("tolinku")).sort()).toEqual(["#1 before", "#2 sent", "#3 before"]);
});

test("of an order's states the newest counts, and of two accounts the one that is connected now", async () => {
  await place(1);
  await trip.run();
  expect(await stands("shopimind")).toMatchObject({ orders: 1, sent: 1 });
  const settings = { domain: "https://other.tolinku.example", apiKey: "tolk_sec_sandbox" };
  await disconnectConnection(trip.road, SANDBOX_SHOP, await idOf("tolinku"));
  trip.forward(60_000);
  const other = { id: null, destination: "tolinku", name: "Tolinku", settings, rules: {} };
  expect(await saveConnection(trip.road, SANDBOX_SHOP, other)).toMatchObject({ ok: true });
  expect(await stands("tolinku")).toEqual({ orders: 1, before: 1 });
  trip.vendors.misbehave("shopimind", "500");
  const later = trip.road
    .clock()
    .toISOString()
    .replace(/\.\d+Z$/, "Z");
  await place(1, { updated_at: later, note: "changed" });
  await trip.run();
  expect(await stands("shopimind")).toEqual({ orders: 1, waiting: 1 });
});
