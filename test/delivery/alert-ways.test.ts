// Alerts in every way and of every kind: Slack, mail over a real mail server, the limits a shop chooses, what is the shop's own.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openAlerts, raiseAlerts } from "../../app/delivery/alerts/alerts.ts";
import { setAlertLimits } from "../../app/delivery/alerts/limits.ts";
import { openMail } from "../../app/delivery/alerts/mail.ts";
import { takeNotices } from "../../app/delivery/alerts/notices.ts";
import { sendTest } from "../../app/delivery/alerts/send.ts";
import { alertWays, setAlertMail, setAlertUrl } from "../../app/delivery/alerts/ways.ts";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { type MailServer, startMailServer } from "../support/smtp.ts";
import { asTold } from "../support/told.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SENDER = "Switchyard <alerts@switchyard.example>";

let trip: TestRoad;
let mails: MailServer;
let slack: { server: Server; said: string[]; fetch: typeof fetch };
beforeEach(async () => {
  [trip, mails, slack] = await Promise.all([openTestRoad(), startMailServer(), openSlack()]);
  await query(
    "UPDATE connection SET changed_at = changed_at - interval '10 days', created_at = created_at - interval '10 days'",
  );
});
afterEach(async () => {
  slack.server.closeAllConnections();
  slack.server.close();
  await Promise.all([mails.close(), trip.close()]);
});
const query = (sql: string, values: unknown[] = []) => trip.road.db.query(sql, values);

/** A server in Slack's place. */
async function openSlack() {
  const said: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    said.push(Buffer.concat(chunks).toString());
    response.end("ok");
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const there: typeof fetch = (url, init) => fetch(String(url).replace("https://hooks.slack.com/", own), init);
  return { server, said, fetch: there };
}

const out = () => ({ post: slack.fetch, mail: openMail({ SMTP_URL: mails.url, SMTP_SENDER: SENDER }) });
const never = new AbortController().signal;
const tend = () => upkeep(trip.road, { ...out(), signal: never });
const open = async () =>
  (await openAlerts(trip.road, SANDBOX_SHOP)).map(({ destination, kind }) => `${destination ?? "shop"} ${kind}`).sort();
const place = async () => {
  const { topic, payload } = orderCreated(newOrder({ clickId: null, at: trip.road.clock() }));
  await trip.hear(topic, payload);
  await trip.run();
};

test("Slack is told in its own form, escaped; mails go to everybody who is named; each hears once that it is over", async () => {
  await setAlertUrl(trip.road, SANDBOX_SHOP, "slack", "https://hooks.slack.com/services/T0/B0/secret");
  expect(await setAlertMail(trip.road, SANDBOX_SHOP, "ops@shop.example, owner@shop.example")).toBeNull();
  const because = `reason_code = 'vendor_said', reason_values = '{"words": "401 <!channel> & co"}'`;
  await query(`UPDATE connection SET state = 'paused', ${because} WHERE destination = 'shopipixel'`);
  await tend();
  await tend();
  expect(slack.said.map((body) => JSON.parse(body))).toEqual([
    { text: expect.stringContaining("ShopiPixel is paused: 401 &lt;!channel&gt; &amp; co") },
  ]);
  expect(mails.letters).toMatchObject([
    { from: "alerts@switchyard.example", to: ["ops@shop.example", "owner@shop.example"] },
  ]);
  expect(mails.letters[0]?.text).toMatch(/^Subject: Switchyard: ShopiPixel is paused: 401/m);
  await query("UPDATE connection SET state = 'on' WHERE destination = 'shopipixel'");
  await tend();
  await tend();
  expect(slack.said.map((body) => JSON.parse(body).text).slice(1)).toEqual([
    expect.stringContaining("ShopiPixel takes deliveries again"),
  ]);
  expect(mails.letters.length).toBe(2);
  expect(mails.letters[1]?.text).toContain("ShopiPixel takes deliveries again.");
});

test("what was paused and is switched off has not recovered", async () => {
  await setAlertMail(trip.road, SANDBOX_SHOP, "ops@shop.example");
  await query("UPDATE connection SET state = 'paused' WHERE destination = 'shopipixel'");
  await tend();
  await query("UPDATE connection SET state = 'off' WHERE destination = 'shopipixel'");
  await tend();
  expect(await open()).toEqual([]);
  expect(mails.letters.length).toBe(1);
});

test("a process that dies between an alert and its mail loses none, and one that dies while it sends it sends it again", async () => {
  await setAlertMail(trip.road, SANDBOX_SHOP, "ops@shop.example");
  await query("UPDATE connection SET state = 'paused' WHERE destination = 'shopipixel'");
  await raiseAlerts(trip.road);
  await tend();
  expect(mails.letters.length).toBe(1);
  await query("UPDATE connection SET state = 'paused' WHERE destination = 'alana'");
  await raiseAlerts(trip.road);
  expect(await takeNotices(trip.road.db, trip.road.clock())).toMatchObject([{ connection: "alana.shopping" }]);
  await tend();
  expect(mails.letters.length).toBe(1);
  trip.forward(2 * MINUTE);
  await tend();
  await tend();
  expect(mails.letters.length).toBe(2);
});

test("a mail server that says no is asked three times, and why is shown; a refused recipient is named", async () => {
  mails.answer = "554 not today";
  await setAlertMail(trip.road, SANDBOX_SHOP, "ops@shop.example");
  await query("UPDATE connection SET state = 'paused' WHERE destination = 'shopipixel'");
  for (let n = 0; n < 30; n += 1) {
    await tend();
    trip.forward(MINUTE);
  }
  expect(await query("SELECT attempts FROM alert_notice")).toEqual([{ attempts: 3 }]);
  const problem = async () => asTold((await alertWays(trip.road, SANDBOX_SHOP)).mail?.problem ?? null);
  expect(await problem()).toMatch(/^the mail server did not take it \(EMESSAGE 554\)$/);
  mails.answer = "250 taken";
  mails.refuses = "gone";
  await setAlertMail(trip.road, SANDBOX_SHOP, "ops@shop.example gone@shop.example");
  expect(asTold(await sendTest(trip.road, out(), SANDBOX_SHOP, "mail"))).toBe(
    "the mail server refused gone@shop.example",
  );
  expect(mails.letters).toMatchObject([
    { to: ["ops@shop.example"], text: expect.stringContaining("a test of the alerts") },
  ]);
});

test("a test tells at once whether it arrived, also where there is no mail server, no address, or one that leads inward", async () => {
  await setAlertUrl(trip.road, SANDBOX_SHOP, "slack", "https://hooks.slack.com/services/T0");
  expect(await sendTest(trip.road, out(), SANDBOX_SHOP, "slack")).toBeNull();
  expect(JSON.parse(slack.said[0] ?? "")).toEqual({ text: expect.stringContaining("a test of the alerts") });
  expect(await sendTest(trip.road, out(), SANDBOX_SHOP, "webhook")).toMatchObject({ code: "notice_nowhere" });
  await setAlertMail(trip.road, SANDBOX_SHOP, "ops@shop.example");
  const without = { post: slack.fetch, mail: openMail({}) };
  expect(await sendTest(trip.road, without, SANDBOX_SHOP, "mail")).toMatchObject({ code: "notice_no_server" });
  expect(await setAlertUrl(trip.road, SANDBOX_SHOP, "slack", "https://192.168.1.1/hook")).toMatchObject({
    code: "alert_inward",
  });
});

test.each([
  "nobody",
  "a@b",
  "a@b.de\r\nBcc: c@d.de x",
  "two@at@b.de",
  "<a@b.de>",
  `${"a".repeat(65)}@b.de`,
  "ä b@c.de",
  "a@b.de, c",
])("%j is no list of addresses", async (typed) => {
  expect(await setAlertMail(trip.road, SANDBOX_SHOP, typed)).toMatchObject({ code: "alert_address" });
  expect((await alertWays(trip.road, SANDBOX_SHOP)).mail).toBeNull();
});

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
  const texts = slack.said.map((body) => JSON.parse(body).text as string);
  expect(texts.filter((text) => text.includes("open the app to reconnect")).length).toBe(1);
  expect(texts.filter((text) => text.includes("the theme app embed is on again")).length).toBe(1);
  expect(texts.length).toBe(4);
});
