// What a merchant decides on the pages: pause, off, disconnect, send again, dismiss.
import { expect, test } from "vitest";
import { newClickId, newOrder, orderCreated } from "../../sandbox/shop.ts";
import { merchantAtPages } from "../support/merchant.ts";

const merchant = merchantAtPages();
const { open, press, answer, says } = merchant;

const stateOf = async (slug: string) => {
  const rows = await merchant.admin.trip.database.db.query<{ state: string; secrets: string | null }>(
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
  await merchant.tab.page.getByRole("button", { name: "Turn on" }).waitFor();
  const order = await merchant.admin.place();
  expect((await merchant.admin.trip.states("shopipixel")).map(({ state }) => state)).toEqual(["due"]);
  await open("/app");
  await says(/You have paused ShopiPixel\. 1 order \(EUR\s.*\) waits; the first expires in 2[34] hours\./);
  await merchant.tab.page.getByRole("heading", { name: "Some deliveries wait" }).waitFor();
  await open("/app/shopipixel");
  await press("Turn on");
  await merchant.tab.page.getByRole("button", { name: "Pause" }).waitFor();
  await merchant.admin.trip.run();
  const { entries } = merchant.admin.trip.vendors.ledger("shopipixel");
  expect(entries.filter(({ key }) => key === `purchase_${order.id}`)).toMatchObject([{ counted: 1 }]);
});

test("to disconnect is asked first, says what happens, and erases the credentials", async () => {
  await open("/app/prisjakt");
  await press("Disconnect");
  await says("Its credentials are erased here.");
  await answer("Cancel");
  expect((await stateOf("prisjakt"))?.state).toBe("on");
  await press("Disconnect");
  await answer("Disconnect");
  await merchant.tab.page.getByRole("link", { name: "Connect Prisjakt" }).waitFor();
  expect(await stateOf("prisjakt")).toEqual({ state: "disconnected", secrets: null });
});

test("a key that the vendor no longer takes pauses the connection; Home names it, and mending it sends what waited", async () => {
  merchant.admin.trip.vendors.misbehave("shopipixel", "401");
  await merchant.admin.place({ clickId: newClickId() });
  await open("/app");
  await merchant.tab.page.getByRole("heading", { name: "One thing needs you" }).waitFor();
  await says(/ShopiPixel is paused: ShopiPixel does not take the key \(“401 .* 1 order \(EUR\s.*\) waits/);
  merchant.admin.trip.vendors.misbehave("shopipixel", null);
  await merchant.tab.page.getByRole("link", { name: "Open ShopiPixel" }).click();
  await says("ShopiPixel does not take deliveries");
  await merchant.tab.page.getByLabel("API key").fill("sp_sandbox");
  await press("Save");
  await says("Saved.");
  await merchant.admin.trip.run();
  expect((await merchant.admin.trip.states("shopipixel")).map(({ state }) => state)).toEqual(["delivered"]);
  await open("/app");
  await merchant.tab.page.getByRole("heading", { name: "All is well" }).waitFor();
});

/** As if its vendor had said so: a sandbox vendor refuses only what is wrong. */
const endAs = (state: string, reason: string, slug: string) =>
  merchant.admin.trip.database.db.query(
    "UPDATE delivery SET state = $1, reason_code = 'as_told', reason_values = jsonb_build_object('words', $2::text), settled = '{}' WHERE destination = $3 AND state = 'delivered'",
    [state, reason, slug],
  );

test("what a vendor refused is shown with its words, and can be sent again or dismissed", async () => {
  const order = await merchant.admin.place({ clickId: newClickId() });
  await endAs("refused", "400 no such event", "shopimind");
  await open("/app");
  await merchant.tab.page.getByRole("link", { name: "Decide" }).click();
  await says("400 no such event.");
  await press("Send again");
  await says(/to be sent again\./);
  await says("Nothing needs a decision.");
  await merchant.admin.trip.run();
  const states = await merchant.admin.trip.states("shopimind");
  expect(new Set(states.map(({ state }) => state))).toEqual(new Set(["delivered"]));

  await endAs("unknown", "the answer was lost", "alana");
  await open("/app/attention");
  await says(/ShopiMind, refused: 400 no such event\./);
  await press("Send again");
  await says("What alana.shopping has already may count twice.");
  await answer("Cancel");
  await press("Dismiss");
  await says("Nothing needs a decision.");
  await merchant.admin.place(); // the proof that alana takes something
  await open("/app");
  await merchant.tab.page.getByRole("heading", { name: "All is well" }).waitFor();
  await merchant.tab.page
    .getByRole("row", { name: new RegExp(order.name) })
    .getByText("Unknown")
    .waitFor();
});

test("all groups can be sent again at once, and where some may have arrived the page says so first", async () => {
  await merchant.admin.place();
  await endAs("refused", "400 no such event", "shopimind");
  await endAs("unknown", "the answer was lost", "alana");
  const [alana] = await merchant.admin.trip.database.db.query<{ id: string }>(
    "SELECT id FROM connection WHERE destination = 'alana'",
  );
  // Where one connection's alone are shown nothing is decided about the others'; a page that is no more is the first.
  await open(`/app/attention?connection=${alana?.id}&page=7`);
  await says("Of the deliveries only those to alana.shopping are shown here. Show all");
  await merchant.tab.page.getByRole("heading", { name: "alana.shopping: 1 delivery" }).waitFor();
  expect(await merchant.tab.page.getByRole("button", { name: "Send all again" }).count()).toBe(0);
  await merchant.tab.page.getByRole("link", { name: "Show all" }).click();
  await says(/^\d deliveries in 2 groups, worth EUR\s[\d.,]+\.$/);
  await press("Send all again");
  await says(/1 of them may have arrived already: .* they may count twice\./);
  await answer("Send all again");
  await says("Nothing needs a decision.");
  await merchant.admin.trip.run();
  for (const slug of ["shopimind", "alana"]) {
    expect((await merchant.admin.trip.states(slug)).map(({ state }) => state)).not.toContain("due");
  }
  const done = await merchant.tab.page.getByRole("row").filter({ hasText: "ago" }).allInnerTexts();
  expect(done.join(" ")).toMatch(/You\s+All that needed a decision\s+\d deliveries to be sent again/);
});

test("a single delivery is decided on its own page", async () => {
  await merchant.admin.place();
  await merchant.admin.place();
  await endAs("refused", "400 no such event", "shopipixel");
  await open("/app/attention");
  await merchant.tab.page.getByRole("link", { name: "See what was sent and answered" }).click();
  await says("Requests to ShopiPixel"); // the page before has a button of the same name, for the whole group
  await press("Send again");
  await says("1 delivery to be sent again.");
  await merchant.admin.trip.run();
  const states = (await merchant.admin.trip.states("shopipixel")).map(({ state }) => state);
  expect(states.toSorted()).toEqual(["delivered", "refused"]);
  await merchant.tab.page.getByRole("button", { name: "Send again" }).waitFor({ state: "detached" });
});

test("an alert is told on Home as long as it is open", async () => {
  const { db } = merchant.admin.trip.database;
  await merchant.admin.place({ clickId: newClickId() });
  await db.query(
    `INSERT INTO alert (shop, connection_id, destination, kind, reason_code, reason_values, since, told_at)
     SELECT shop, id, destination, 'failing', 'alert_failing', '{"name": "ShopiPixel", "percent": "20"}', now(), now() FROM connection
     WHERE destination = 'shopipixel'`,
  );
  await open("/app");
  await says("ShopiPixel: more than 20 % of the last hour's deliveries were refused, expired or are unknown.");
  await merchant.tab.page.getByRole("heading", { name: "One thing needs you" }).waitFor();
  await db.query("UPDATE alert SET ended_at = now()");
  await merchant.tab.page.getByRole("heading", { name: "All is well" }).waitFor();
});

test("where a vendor had much of it already, Home says who very likely sends it too", async () => {
  for (let n = 0; n < 9; n += 1) await merchant.admin.trip.hear("orders/create", orderCreated(newOrder()).payload);
  await merchant.admin.place({ clickId: newClickId() });
  await merchant.admin.trip.database.db.query(
    "UPDATE delivery SET already_had = true WHERE destination = 'shopipixel'",
  );
  await open("/app");
  await says("ShopiPixel had 10 of our 10 purchases already (100 %)");
  await merchant.tab.page.getByRole("link", { name: "Choose who sends them" }).click();
  await merchant.tab.page.locator("label", { hasText: "own Shopify app active" }).click();
  expect(await merchant.tab.page.getByLabel("Order placed").isChecked()).toBe(false);
  await press("Save");
  await says("Saved.");
  await open("/app");
  await merchant.tab.page.getByRole("heading", { name: "All is well" }).waitFor();
  expect(await merchant.tab.page.getByText("already:").count()).toBe(0);
});
