// What the pages say of how it goes is so: well needs proof, an outage is seen at once, an error ends when it ends.
import { beforeEach, expect, test } from "vitest";
import { newClickId } from "../../sandbox/shop.ts";
import { merchantAtPages } from "../support/merchant.ts";

const merchant = merchantAtPages();
const { open, press, answer, says } = merchant;
const page = () => merchant.tab.page;
/** The clock that a test moves stays where it is: orders are never older than their connection. */
beforeEach(() =>
  query("UPDATE connection SET created_at = now() - interval '1 day', settings_at = now() - interval '1 day'"),
);
const title = (name: string) => page().getByRole("heading", { name, exact: true }).waitFor();
const query = (sql: string, values: unknown[] = []) => merchant.admin.trip.database.db.query(sql, values);
const bodyText = () => page().locator("body").innerText();

/** The vendor fails; the order waits, and the lane backs off for so many seconds by the clock on the wall. */
async function failFor(seconds: number) {
  const { trip } = merchant.admin;
  trip.vendors.misbehave("shopipixel", "500");
  await merchant.admin.place();
  await query(
    `UPDATE lane SET held_until = now() + $1 * interval '1 s', wake_at = now() + $1 * interval '1 s' WHERE destination = 'shopipixel'`,
    [seconds],
  );
  trip.vendors.misbehave("shopipixel", null);
}
const afterAWhile = async () => {
  merchant.admin.trip.forward(180_000);
  await merchant.admin.trip.run();
};

test("all is well only with proof: a connection that nobody tested and that delivered nothing is told, and a test that found a wrong key is none", async () => {
  await open("/app");
  await title("Not proved yet");
  await says("ShopiPixel was neither tested nor has it taken anything since its settings changed.");
  await open("/app/shopipixel");
  await press("Test connection");
  await says("The key is valid");
  await open("/app/alana");
  await press("Test connection");
  await says("Limits: 100 requests a minute");
  await open("/app");
  await says(/alana\.shopping cannot be tested by reading alone, .*: the first delivery will tell\./);
  await says("Tolinku was neither tested nor has it taken anything since its settings changed.");
  expect(await bodyText()).not.toContain("ShopiPixel was neither tested");
  await merchant.admin.place({ clickId: newClickId() });
  await page().getByRole("heading", { name: "All is well" }).waitFor();
  merchant.admin.trip.vendors.misbehave("shopipixel", "401");
  await open("/app/shopipixel");
  await press("Test connection");
  await page().getByRole("list", { name: "What the test found" }).getByText("Not right").waitFor();
  await open("/app");
  await title("One thing needs you");
  await says(/The last test of ShopiPixel, \d+ seconds? ago, found something wrong\./);
});

test("in the first minutes of an outage the pages say since when nothing gets through and when it is tried next, and Try now tries", async () => {
  await merchant.admin.place();
  await failFor(500);
  await open("/app");
  await title("Not everything gets through");
  await says(
    /ShopiPixel has not been getting through since \d\d:\d\d, next try in \d+ minutes\. 1 order \(EUR\s[\d.,]+\) waits/,
  );
  await page().getByRole("link", { name: "Open ShopiPixel" }).click();
  await title("State");
  expect(await bodyText()).not.toMatch(/\bOn\b/);
  await page().getByText("Not getting through", { exact: true }).waitFor();
  await press("Try now");
  await says("It is tried now.");
  await afterAWhile();
  expect((await merchant.admin.trip.states("shopipixel")).map(({ state }) => state)).toEqual([
    "delivered",
    "delivered",
  ]);
  await page().getByText("Not getting through", { exact: true }).waitFor({ state: "detached" });
});

test("a channel that is paused is said like a paused connection: what is at stake, until when, and when it is tried again", async () => {
  const { trip } = merchant.admin;
  await query("UPDATE connection SET state = 'paused' WHERE destination = 'shopipixel'");
  await merchant.admin.place();
  await query("UPDATE connection SET state = 'on' WHERE destination = 'shopipixel'");
  await query("UPDATE delivery SET held_by = 'events', due_at = deadline_at WHERE destination = 'shopipixel'");
  await query(
    `UPDATE lane SET paused_channels = '{"events": {"code": "vendor_said", "values": {"words": "403 Enterprise plan required"}}}',
       channel_tries = jsonb_build_object('events', now() + interval '20 minutes 30 seconds') WHERE destination = 'shopipixel'`,
  );
  await open("/app");
  await says(
    /ShopiPixel takes no “events” for now: The vendor said: “403 Enterprise plan required”\. 1 order \(EUR\s[\d.,]+\) waits; the first expires in 2[34] hours\. It is tried again in 20 minutes\./,
  );
  expect(
    await page()
      .getByRole("row", { name: /^ShopiPixel/ })
      .innerText(),
  ).toContain("Partly paused");
  await open("/app/shopipixel");
  await page().getByText("Partly paused", { exact: true }).waitFor();
  await says(/1 order \(EUR\s[\d.,]+\) waits; the first expires in 2[34] hours\./);
  await press("Try now");
  await says("It is tried now.");
  await afterAWhile();
  expect((await trip.states("shopipixel")).map(({ state }) => state)).toEqual(["delivered"]);
  await page().getByText("Partly paused", { exact: true }).waitFor({ state: "detached" });
});

test("where little of a day was delivered Home and the connection's page say so, in the same words", async () => {
  await query(`INSERT INTO delivery_hour (connection_id, hour, currency, delivered, lost, worth)
    SELECT id, date_trunc('hour', now(), 'UTC'), '', 4, 28, 0 FROM connection WHERE destination = 'tolinku'`);
  for (const path of ["/app", "/app/tolinku"]) {
    await open(path);
    await says(/Only 12\.5\s?% of what ended in the last 24 hours was delivered\./);
    await page().getByText("On, too little arrives", { exact: true }).waitFor();
  }
});

test("the last error is a sentence of ours with the vendor's words below it, and ends when something gets through again", async () => {
  const { vendors } = merchant.admin.trip;
  vendors.misbehave("shopipixel", "down");
  await merchant.admin.place();
  await open("/app/shopipixel");
  await says(/Last error \d+ seconds? ago: ShopiPixel did not answer: what was sent may have arrived\./);
  expect(await bodyText()).not.toMatch(/UND_ERR|127\.0\.0\.1|localhost|success/);
  vendors.misbehave("shopipixel", "500");
  await afterAWhile();
  await says(/Last error \d+ seconds? ago: ShopiPixel answered 500: what was sent may have arrived\./);
  await page().locator("blockquote", { hasText: "Internal server error" }).waitFor();
  vendors.misbehave("shopipixel", null);
  await afterAWhile();
  await page()
    .getByText(/Last error/)
    .waitFor({ state: "detached" });
});

test("what was answered with a 500 is told otherwise than what was not answered", async () => {
  const { vendors } = merchant.admin.trip;
  vendors.misbehave("alana", "500");
  await merchant.admin.place();
  await query("UPDATE lane SET held_until = NULL, wake_at = NULL, failures = 0 WHERE destination = 'alana'");
  vendors.misbehave("alana", "lost");
  await merchant.admin.place();
  vendors.misbehave("alana", null);
  await open("/app/attention");
  await says(
    /answered 500, and may have taken it: “Internal server error”; the vendor cannot tell whether it has it\./,
  );
  await says("Its answer was lost, and the vendor cannot tell whether it arrived.");
  expect(await bodyText()).not.toContain("The answer of alana.shopping was lost");
});

test("Home and Needs attention say the same: a pause, and what a connection that is no more has left", async () => {
  await merchant.admin.place();
  await query(
    "UPDATE delivery SET state = 'refused', reason_code = 'as_told', reason_values = '{\"words\": \"400 no\"}' WHERE destination = 'shopimind'",
  );
  merchant.admin.trip.vendors.misbehave("shopipixel", "401");
  await merchant.admin.place();
  merchant.admin.trip.vendors.misbehave("shopipixel", null);
  await open("/app/shopimind");
  await press("Disconnect");
  await answer("Disconnect");
  await title("2 things need you");
  const left = /\d deliveries to ShopiMind \(disconnected\) need a decision\./;
  await says(left);
  await open("/app/attention");
  await says(/ShopiPixel is paused: /);
  await page()
    .getByRole("heading", { name: /^ShopiMind \(disconnected\): \d deliveries$/ })
    .waitFor();
  await says("Connect ShopiMind again: what comes from then on is sent.");
  expect(await page().getByRole("button", { name: "Send again" }).count()).toBe(0);
  for (const link of await page().getByRole("link").all()) {
    const to = (await link.getAttribute("href")) ?? "";
    expect(to, await link.innerText()).not.toMatch(/^\/app\/shopimind\/.+/);
  }
});

test("Home's columns are connections: what an earlier one of the same name did is not counted to the one that came after it", async () => {
  const order = await merchant.admin.place();
  await open("/app/shopipixel");
  await press("Disconnect");
  await answer("Disconnect");
  await page().getByRole("link", { name: "Connect ShopiPixel" }).click();
  await page().getByLabel("API key").fill("sp_sandbox");
  await press("Connect");
  await says("Nothing was owed to ShopiPixel yet.");
  await open("/app");
  const names = await page().locator(".orders thead th").allInnerTexts();
  expect(names.filter((name) => name.startsWith("ShopiPixel"))).toEqual(["ShopiPixel", "ShopiPixel (disconnected)"]);
  const cells = await page()
    .getByRole("row", { name: new RegExp(order.name) })
    .getByRole("cell")
    .allInnerTexts();
  expect(cells[names.indexOf("ShopiPixel") - 1]).toBe("Nothing owed");
  expect(cells[names.indexOf("ShopiPixel (disconnected)") - 1]).toContain("Delivered");
});
