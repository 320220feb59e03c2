// Alerts in each of their ways: Slack's form, and mail over a real mail server; their tests, and what comes after a crash.
import { afterEach, beforeEach, expect, test } from "vitest";
import { openAlerts, raiseAlerts } from "../../app/delivery/alerts/alerts.ts";
import { openMail } from "../../app/delivery/alerts/mail.ts";
import { inEnglish } from "../../app/delivery/alerts/message.ts";
import { takeNotices } from "../../app/delivery/alerts/notices.ts";
import { sendTest } from "../../app/delivery/alerts/send.ts";
import { alertWays, setAlertMail, setAlertUrl, type Way } from "../../app/delivery/alerts/ways.ts";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { alertDeed } from "../../app/pages/alerts/deeds.ts";
import { openTellings } from "../../app/pages/texts/in-worker.ts";
import type { Language } from "../../app/pages/texts/languages.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openPosted, type Posted } from "../support/posted.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { type MailServer, startMailServer } from "../support/smtp.ts";
import { asTold } from "../support/told.ts";

const MINUTE = 60_000;
const SENDER = "Switchyard <alerts@switchyard.example>";

let trip: TestRoad;
let mails: MailServer;
let slack: Posted;
beforeEach(async () => {
  [trip, mails, slack] = await Promise.all([openTestRoad(), startMailServer(), openPosted("https://hooks.slack.com/")]);
  await query(
    "UPDATE connection SET changed_at = changed_at - interval '10 days', created_at = created_at - interval '10 days'",
  );
});
afterEach(async () => {
  slack.close();
  await Promise.all([mails.close(), trip.close()]);
});
const query = (sql: string, values: unknown[] = []) => trip.road.db.query(sql, values);

const out = () => ({ post: slack.fetch, mail: openMail({ SMTP_URL: mails.url, SMTP_SENDER: SENDER }) });
const never = new AbortController().signal;
const tend = () => upkeep(trip.road, { ...out(), tellIn: openTellings(trip.road), signal: never });
const testBy = (way: Way, by = out()) => sendTest(trip.road, by, SANDBOX_SHOP, way, inEnglish(trip.road));
const open = async () =>
  (await openAlerts(trip.road, SANDBOX_SHOP)).map(({ destination, kind }) => `${destination ?? "shop"} ${kind}`).sort();

test("Slack is told in its own form, escaped; mails go to everybody who is named; each hears once that it is over", async () => {
  await setAlertUrl(trip.road, SANDBOX_SHOP, "slack", "https://hooks.slack.com/services/T0/B0/secret");
  expect(await setAlertMail(trip.road, SANDBOX_SHOP, "ops@shop.example, owner@shop.example")).toBeNull();
  const because = `reason_code = 'vendor_said', reason_values = '{"words": "401 <!channel> & co"}'`;
  await query(`UPDATE connection SET state = 'paused', ${because} WHERE destination = 'shopipixel'`);
  await tend();
  await tend();
  expect(slack.posted).toEqual([
    { text: expect.stringContaining("ShopiPixel is paused: the vendor said: “401 &lt;!channel&gt; &amp; co”") },
  ]);
  expect(mails.letters).toMatchObject([
    { from: "alerts@switchyard.example", to: ["ops@shop.example", "owner@shop.example"] },
  ]);
  expect(mails.letters[0]?.text).toMatch(/^Subject: =\?UTF-8\?Q\?Switchyard=3A_ShopiPixel_is_paused=3A/m);
  await query("UPDATE connection SET state = 'on' WHERE destination = 'shopipixel'");
  await tend();
  await tend();
  expect(slack.posted.map(({ text }) => text).slice(1)).toEqual([
    expect.stringContaining("ShopiPixel takes deliveries again"),
  ]);
  expect(mails.letters.length).toBe(2);
  expect(mails.letters[1]?.text).toContain("ShopiPixel takes deliveries again.");
});

/** As the settings' page asks for it in a language. */
function ask(language: Language, asked: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(asked)) form.set(name, value);
  return alertDeed(trip.road, { SMTP_URL: mails.url, SMTP_SENDER: SENDER }, SANDBOX_SHOP, form, { by: "1", language });
}

test("alerts and their end are told in the language in which their settings were saved last, a test in that of its page", async () => {
  trip.road.clock = () => new Date("2026-11-28T09:02:00Z");
  await setAlertUrl(trip.road, SANDBOX_SHOP, "slack", "https://hooks.slack.com/services/T0");
  await setAlertUrl(trip.road, SANDBOX_SHOP, "webhook", "https://hooks.slack.com/own");
  expect(await ask("de", { intent: "alert-mail", to: "ops@shop.example", was: "" })).toBeNull();
  expect(await ask("fr", { intent: "alert-limits", failing: "none", was: "" })).toMatchObject({ code: "alert_limit" });
  expect(await ask("sv", { intent: "alert-test", way: "mail" })).toBeNull();
  const reason = `reason_code = 'error_no', reason_values = '{"vendor": "ShopiPixel", "status": "403"}'`;
  await query(`UPDATE connection SET state = 'paused', ${reason} WHERE destination = 'shopipixel'`);
  await tend();
  await query("UPDATE connection SET state = 'on' WHERE destination = 'shopipixel'");
  await tend();
  const paused = "ShopiPixel ist angehalten: ShopiPixel hat mit 403 geantwortet und nichts davon angenommen";
  const again = "ShopiPixel nimmt wieder Zustellungen an";
  const facts = { shop: SANDBOX_SHOP, connection: "ShopiPixel", destination: "shopipixel", kind: "paused" };
  const since = "2026-11-28T09:02:00.000Z";
  expect(slack.posted).toHaveLength(4);
  expect(slack.posted).toEqual(
    expect.arrayContaining([
      { text: `⚠️ Switchyard, ${SANDBOX_SHOP}: ${paused}` },
      { text: `✅ Switchyard, ${SANDBOX_SHOP}: ${again}` },
      { ...facts, what: "raised", says: paused, since },
      { ...facts, what: "recovered", says: again, since },
    ]),
  );
  expect(mails.letters).toMatchObject([
    { text: expect.stringMatching(/ett test av varningarna: de kommer fram hit\.\s+Butik: sandbox-shop/) },
    { text: expect.stringMatching(/^Subject: Switchyard: ShopiPixel ist angehalten/m) },
    { text: expect.stringMatching(/^ShopiPixel nimmt wieder Zustellungen an\.\s+Shop: sandbox-shop/m) },
  ]);
  expect(mails.letters[2]?.text).toContain("Seit: 28. Nov. 2026, 10:02 MEZ");
});

test("of a renamed shop it is told by the name that it has now", async () => {
  const now = "the-new-name.myshopify.com";
  await query("INSERT INTO shop_domain (domain, shop, since) VALUES ($2, $1, now())", [SANDBOX_SHOP, now]);
  await setAlertMail(trip.road, SANDBOX_SHOP, "ops@shop.example");
  await setAlertUrl(trip.road, SANDBOX_SHOP, "webhook", "https://hooks.slack.com/own");
  expect([await testBy("mail"), await testBy("webhook")]).toEqual([null, null]);
  expect(slack.posted).toMatchObject([{ shop: now }]);
  expect(mails.letters[0]?.text).toContain(`https://${now}/admin/apps`);
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
  expect(asTold(await testBy("mail"))).toBe("the mail server refused gone@shop.example");
  expect(mails.letters).toMatchObject([
    { to: ["ops@shop.example"], text: expect.stringContaining("a test of the alerts") },
  ]);
});

test("a test tells at once whether it arrived, also where there is no mail server, no address, or one that leads inward", async () => {
  await setAlertUrl(trip.road, SANDBOX_SHOP, "slack", "https://hooks.slack.com/services/T0");
  expect(await testBy("slack")).toBeNull();
  expect(slack.posted[0]).toEqual({ text: expect.stringContaining("a test of the alerts") });
  expect(await testBy("webhook")).toMatchObject({ code: "notice_nowhere" });
  await setAlertMail(trip.road, SANDBOX_SHOP, "ops@shop.example");
  expect(await testBy("mail", { post: slack.fetch, mail: openMail({}) })).toMatchObject({ code: "notice_no_server" });
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
