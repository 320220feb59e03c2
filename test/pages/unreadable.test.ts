// Webhooks that could not be read: shown by topic and reason, read again or dismissed.
import { expect, test } from "vitest";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { merchantAtPages } from "../support/merchant.ts";
import { becauseOf } from "../support/told.ts";

const merchant = merchantAtPages();
const { open, press, says } = merchant;

test("webhooks that could not be read are grouped, and read again one by one or together", async () => {
  const { trip } = merchant.admin;
  const { payload } = orderCreated(newOrder());
  for (let n = 0; n < 3; n += 1) await trip.hear("orders/create", n === 0 ? payload : orderCreated(newOrder()).payload);
  // As if an app of before could not read them.
  const spoil = `UPDATE webhook SET state = 'unreadable', ${becauseOf("total_price is missing")} WHERE state = 'received'`;
  await trip.database.db.query(spoil);
  await trip.hear("customers/create", "{ no JSON");
  await trip.run();
  await open("/app/attention");
  await says(/^3 webhooks, the newest .*: Total_price is missing\.$/);
  await merchant.tab.page.getByText("One by one").click();
  await merchant.tab.page
    .getByRole("button", { name: /^Read again webhook \d+$/ })
    .first()
    .click();
  await says("1 webhook to be read again.");
  await trip.run();
  await says(/^2 webhooks, the newest/);
  await press("Read all again");
  await says("3 webhooks to be read again.");
  await trip.run();
  await merchant.tab.page.getByText("3 webhooks", { exact: false }).first().waitFor();
  const states = await trip.database.db.query("SELECT state, count(*)::int FROM webhook GROUP BY 1 ORDER BY 1");
  expect(states).toEqual([
    { state: "normalized", count: 3 },
    { state: "unreadable", count: 1 },
  ]);
  expect(trip.vendors.ledger("shopipixel").counts).toMatchObject({ Purchase: 3 });
});

test("a webhook that cannot be read is shown with the reason, and leaves the page when it is dismissed", async () => {
  await merchant.admin.trip.hear("orders/create", "{ no JSON");
  await merchant.admin.trip.run();
  await open("/app");
  await says("1 webhook of Shopify could not be read.");
  await merchant.tab.page.getByRole("link", { name: "See" }).click();
  await merchant.tab.page.getByRole("heading", { name: "orders/create" }).waitFor();
  await merchant.tab.page.getByRole("button", { name: "Dismiss orders/create" }).click();
  await says("1 webhook dismissed.");
  await says("Webhooks orders/create");
  await open("/app");
  await merchant.tab.page.getByRole("heading", { name: "Not proved yet" }).waitFor();
  expect(await merchant.tab.page.getByText("could not be read").count()).toBe(0);
  await open("/app/attention");
  await press("Take back");
  await says("1 webhook is open again.");
  await merchant.tab.page.getByRole("heading", { name: "orders/create" }).waitFor();
});
