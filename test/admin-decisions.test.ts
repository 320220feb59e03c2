// What a merchant decides on the pages: pause, off, disconnect, send again, dismiss.
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Admin, openAdmin } from "./support/admin.ts";
import type { Tab } from "./support/browser.ts";

let admin: Admin;
let tab: Tab;
beforeEach(async () => {
  admin = await openAdmin();
  tab = await admin.tab();
});
afterEach(async () => {
  await tab?.close();
  await admin?.close();
  expect([...tab.complaints, admin.web.said()]).toEqual([""]);
});

const open = (path: string) => admin.show(tab.page, path);
const press = (name: string) => tab.page.getByRole("button", { name, exact: true }).click();
const answer = async (name: string) => {
  await tab.page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
  await tab.page.getByRole("dialog").waitFor({ state: "detached" });
};
const says = (text: string | RegExp) => tab.page.getByText(text).first().waitFor();
const stateOf = async (slug: string) => {
  const rows = await admin.trip.database.db.query<{ state: string; secrets: string | null }>(
    "SELECT state, secrets FROM connection WHERE destination = $1",
    [slug],
  );
  return rows[0];
};

test("a paused connection keeps what is owed, tells how much waits and until when, and sends it once it is on", async () => {
  await open("/app/shopipixel");
  await press("Pause");
  await press("Turn on");
  await press("Pause");
  await tab.page.getByRole("button", { name: "Turn on" }).waitFor();
  const order = await admin.place();
  expect((await admin.trip.states("shopipixel")).map(({ state }) => state)).toEqual(["due"]);
  await open("/app");
  await says(/You have paused ShopiPixel\. 1 order \(EUR\s.*\) waits; the first expires in 2[34] hours\./);
  await tab.page.getByRole("heading", { name: "Some deliveries wait" }).waitFor();
  await open("/app/shopipixel");
  await press("Turn on");
  await tab.page.getByRole("button", { name: "Pause" }).waitFor();
  await admin.trip.run();
  expect(admin.trip.vendors.ledger("shopipixel").entries).toMatchObject([{ key: `purchase_${order.id}`, counted: 1 }]);
});

test("to disconnect is asked first, says what happens, and erases the credentials", async () => {
  await open("/app/prisjakt");
  await press("Disconnect");
  await says("Its credentials are erased here.");
  await answer("Cancel");
  expect((await stateOf("prisjakt"))?.state).toBe("on");
  await press("Disconnect");
  await answer("Disconnect");
  await tab.page.getByRole("link", { name: "Connect Prisjakt" }).waitFor();
  expect(await stateOf("prisjakt")).toEqual({ state: "disconnected", secrets: null });
});

test("a key that the vendor no longer takes pauses the connection; Home names it, and mending it sends what waited", async () => {
  admin.trip.vendors.misbehave("shopipixel", "401");
  await admin.place();
  await open("/app");
  await tab.page.getByRole("heading", { name: "One thing needs you" }).waitFor();
  await says(/ShopiPixel is paused: 401 .* 1 order \(EUR\s.*\) waits/);
  admin.trip.vendors.misbehave("shopipixel", null);
  await tab.page.getByRole("link", { name: "Open ShopiPixel" }).click();
  await says("ShopiPixel does not take deliveries");
  await tab.page.getByLabel("API key").fill("sp_sandbox_write");
  await press("Save");
  await says("Saved.");
  await admin.trip.run();
  expect((await admin.trip.states("shopipixel")).map(({ state }) => state)).toEqual(["delivered"]);
  await open("/app");
  await tab.page.getByRole("heading", { name: "All is well" }).waitFor();
});

test("what a vendor refused is shown with its words, and can be sent again or dismissed", async () => {
  const order = await admin.place();
  const { db } = admin.trip.database;
  await db.query(
    "UPDATE delivery SET state = 'refused', reason = '400 no such event', settled = '{}' WHERE destination = 'shopimind'",
  );
  await open("/app");
  await tab.page.getByRole("link", { name: "Decide" }).click();
  await says("400 no such event.");
  await press("Send again");
  await says(/to be sent again\./);
  await says("Nothing needs a decision.");
  await admin.trip.run();
  const states = await admin.trip.states("shopimind");
  expect(new Set(states.map(({ state }) => state))).toEqual(new Set(["delivered"]));

  await db.query("UPDATE delivery SET state = 'unknown', reason = 'the answer was lost' WHERE destination = 'alana'");
  await open("/app/attention");
  await press("Send again");
  await says("it may count those twice");
  await answer("Cancel");
  await press("Dismiss");
  await says("Nothing needs a decision.");
  await open("/app");
  await tab.page.getByRole("heading", { name: "All is well" }).waitFor();
  await tab.page
    .getByRole("row", { name: new RegExp(order.name) })
    .getByText("Unknown")
    .waitFor();
});

test("a webhook that cannot be read is shown with the reason, and leaves the page when it is dismissed", async () => {
  await admin.trip.hear("orders/create", "{ no JSON");
  await admin.trip.run();
  await open("/app");
  await says("1 webhook of Shopify could not be read.");
  await tab.page.getByRole("link", { name: "See" }).click();
  await tab.page.getByRole("heading", { name: "orders/create" }).waitFor();
  await tab.page.getByRole("button", { name: "Dismiss orders/create" }).click();
  await says("1 webhook dismissed.");
  await open("/app");
  await tab.page.getByRole("heading", { name: "All is well" }).waitFor();
});
