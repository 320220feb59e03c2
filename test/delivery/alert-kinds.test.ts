// Alerts of silence, of the accuracy and of the shop itself, by the limits that the shop has chosen.
import { afterEach, beforeEach, expect, test } from "vitest";
import { openAlerts } from "../../app/delivery/alerts/alerts.ts";
import { setAlertLimits } from "../../app/delivery/alerts/limits.ts";
import { setAlertUrl } from "../../app/delivery/alerts/ways.ts";
import { syncState } from "../../app/delivery/ledger/ledger.ts";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { openTellings } from "../../app/pages/texts/in-worker.ts";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openPosted, type Posted } from "../support/posted.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let trip: TestRoad;
let slack: Posted;
beforeEach(async () => {
  [trip, slack] = await Promise.all([openTestRoad(), openPosted("https://hooks.slack.com/")]);
  await query(
    "UPDATE connection SET changed_at = changed_at - interval '10 days', created_at = created_at - interval '10 days'",
  );
});
afterEach(async () => {
  slack.close();
  await trip.close();
});
const query = (sql: string, values: unknown[] = []) => trip.road.db.query(sql, values);

const tend = () => upkeep(trip.road, { post: slack.fetch, signal: new AbortController().signal });
const open = async () =>
  (await openAlerts(trip.road, SANDBOX_SHOP)).map(({ destination, kind }) => `${destination ?? "shop"} ${kind}`).sort();
const place = async () => {
  const { topic, payload } = orderCreated(newOrder({ clickId: null, at: trip.road.clock() }));
  await trip.hear(topic, payload);
  await trip.run();
};

test("orders that come and do not arrive are told as a silence; a quiet night is none, nor is what is rightly skipped", async () => {
  await place();
  trip.forward(7 * HOUR);
  await tend();
  expect(await open()).toEqual([]);
  await query("UPDATE connection SET state = 'off' WHERE destination <> 'alana'");
  trip.vendors.misbehave("alana", "lost");
  await place();
  trip.vendors.misbehave("alana", null);
  trip.forward(14 * MINUTE);
  await tend();
  expect(await open()).toEqual([]);
  trip.forward(2 * MINUTE);
  await tend();
  expect(await open()).toEqual(["alana silent"]);
  expect(
    await setAlertLimits(trip.road, SANDBOX_SHOP, { failing: "20", silentHours: "12", accuracy: "90" }),
  ).toBeNull();
  await tend();
  expect(await open()).toEqual([]);
  expect(
    await setAlertLimits(trip.road, SANDBOX_SHOP, { failing: "20", silentHours: "0", accuracy: "90" }),
  ).toMatchObject({
    code: "alert_limit",
  });
  await query("UPDATE shop SET alert_limits = NULL");
  await query("UPDATE delivery SET state = 'skipped' WHERE state = 'unknown'");
  await tend();
  expect(await open()).toEqual([]);
});

test("a connection of which too little was delivered in a day is known: less than half of twenty, or than the shop's own limit wants", async () => {
  const day = async (delivered: number, lost: number, ago = 0) => {
    await query("DELETE FROM delivery_hour");
    await query(
      `INSERT INTO delivery_hour (connection_id, hour, currency, delivered, lost, worth)
       SELECT id, date_trunc('hour', $1::timestamptz, 'UTC'), '', $2, $3, 0 FROM connection WHERE destination = 'alana'`,
      [new Date(trip.road.clock().getTime() - ago * HOUR), delivered, lost],
    );
    const states = await syncState(trip.road, SANDBOX_SHOP);
    return states.flatMap(({ destination, tooLittle }) => (tooLittle ? [{ destination, ...tooLittle }] : []));
  };
  expect(await day(9, 10)).toEqual([]);
  expect(await day(9, 11)).toEqual([{ destination: "alana", delivered: 9, lost: 11 }]);
  expect(await day(9, 11, 23)).toHaveLength(1);
  expect(await day(9, 11, 24)).toEqual([]);
  expect(await day(10, 10)).toEqual([]);
  const limits = { silentHours: "6", accuracy: "90" };
  await setAlertLimits(trip.road, SANDBOX_SHOP, { ...limits, failing: "20" });
  expect(await day(79, 21)).toHaveLength(1);
  expect(await day(80, 20)).toEqual([]);
  await setAlertLimits(trip.road, SANDBOX_SHOP, { ...limits, failing: "90" });
  expect(await day(9, 11)).toHaveLength(1);
});

test("too small a share of the last days' orders is told, by the limit that the shop has chosen", async () => {
  for (let n = 0; n < 20; n += 1) await place();
  await query("UPDATE connection SET state = 'off' WHERE destination <> 'alana'");
  await query(`UPDATE delivery SET state = 'refused', settled_at = settled_at - interval '2 hours'
    WHERE id IN (SELECT id FROM delivery WHERE destination = 'alana' AND kind = 'order.placed' ORDER BY id LIMIT 3)`);
  trip.forward(HOUR);
  await tend();
  expect(await open()).toEqual(["alana accuracy"]);
  await setAlertLimits(trip.road, SANDBOX_SHOP, { failing: "20", silentHours: "6", accuracy: "80" });
  await tend();
  expect(await open()).toEqual([]);
});

test("a theme embed that was on and is off, and a token that Shopify refuses, are the shop's own alerts", async () => {
  await setAlertUrl(trip.road, SANDBOX_SHOP, "slack", "https://hooks.slack.com/services/T0");
  await query("UPDATE shop SET embed_on = false");
  await tend();
  expect(await open()).toEqual([]);
  await query("UPDATE shop SET embed_was_on = true, token_dead_at = now()");
  await tend();
  await tend();
  expect(await open()).toEqual(["shop embed", "shop reconnect"]);
  await query("UPDATE shop SET embed_on = true, token_dead_at = NULL");
  await tend();
  const texts = slack.posted.map(({ text }) => String(text));
  expect(texts.filter((text) => text.includes("open the app to reconnect")).length).toBe(1);
  expect(texts.filter((text) => text.includes("the theme app embed is on again")).length).toBe(1);
  expect(texts.length).toBe(4);
});

test("a channel that is paused is told by its label, in each language", async () => {
  await query(
    `UPDATE lane SET paused_channels = '{"commerce": {"code": "as_told", "values": {"words": "403"}}}' WHERE destination = 'tolinku'`,
  );
  await tend();
  const [alert] = await openAlerts(trip.road, SANDBOX_SHOP);
  const said = async (language: string) => alert && (await openTellings(trip.road)(language)).tell(alert.reason);
  expect(await said("en")).toBe("Tolinku is paused for commerce: 403");
  expect(await said("de")).toBe("Tolinku ist angehalten für Käufe und Rückerstattungen: 403");
});
