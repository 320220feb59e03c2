// The privacy page: what was asked about people and what became of it, the files to download, and who looked at what.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { merchantAtPages } from "../support/merchant.ts";

const merchant = merchantAtPages();
const { open, says } = merchant;

const tend = async () => {
  const { trip } = merchant.admin;
  await trip.run();
  await upkeep(trip.road, { post: fetch, signal: new AbortController().signal });
};
const asks = (topic: string, customer: object | null) =>
  merchant.admin.trip.hear(`customers/${topic}`, { shop_domain: SANDBOX_SHOP, customer });
const row = (name: string | RegExp) => merchant.tab.page.getByRole("row", { name });
const looks = () =>
  merchant.admin.trip.database.db.query<object>(
    "SELECT who, what, about, count(*)::int AS times FROM look GROUP BY 1, 2, 3 ORDER BY 2",
  );

test("Settings leads there, where nobody asked for anything yet", async () => {
  await open("/app/settings");
  await merchant.tab.page.getByRole("link", { name: "Privacy requests" }).click();
  await says("Nobody asked for anything yet.");
  await says("Nobody did yet.");
});

test("a file is downloaded, and that somebody did stands below, with nothing of the person", async () => {
  const { customer, email } = await merchant.admin.place();
  await asks("data_request", { id: customer.id });
  await tend();
  await open("/app/privacy");
  await says(/^1 order, /);
  const [file] = await Promise.all([
    merchant.tab.page.waitForEvent("download"),
    merchant.tab.page.getByRole("button", { name: /^Download the file/ }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^data-request-\d+\.json$/);
  const held = readFileSync(await file.path(), "utf8");
  expect(JSON.parse(held)).toMatchObject({ knownBy: { customers: [String(customer.id)] } });
  expect(held).toContain(email);
  await open("/app/privacy");
  await row(`42`).getByText(`Downloaded the file about customer ${customer.id}`).waitFor();
  expect(await looks()).toEqual([{ who: "42", what: "file", about: `customer:${customer.id}`, times: 1 }]);
  expect(await merchant.tab.page.content()).not.toContain(email);
});

test("what became of an erasure is told for each vendor, and whose file went with the person", async () => {
  const { customer } = await merchant.admin.place();
  merchant.admin.trip.vendors.misbehave("shopimind", "500");
  await asks("data_request", { id: customer.id });
  await asks("redact", { id: customer.id });
  await asks("redact", null);
  await tend();
  await open("/app/privacy");
  const erased = row(new RegExp(`Customer ${customer.id} To be erased`));
  await erased.getByText("by Shopify").waitFor();
  await erased.getByText("Tolinku was told to erase the person, and took it.").waitFor();
  await erased
    .getByText(/ShopiMind did not: ShopiMind answered 500.* It is asked again by itself, for thirty days\./)
    .waitFor();
  await erased.getByText(/alana\.shopping has no call that erases a person/).waitFor();
  await row(/Nobody was named/)
    .getByText("There was nothing to do.")
    .waitFor();
  await row(/What is held about them/)
    .getByText(/^The file was erased with the person/)
    .waitFor();
});

test("to open a delivery about a person is a look, one in an hour however often the page refreshes; one of a product is none", async () => {
  await merchant.admin.place();
  const { database, trip } = { database: merchant.admin.trip.database, trip: merchant.admin.trip };
  await trip.hear("products/update", { id: 1, title: "Cup", updated_at: new Date().toISOString() });
  await trip.run();
  const of = async (kind: string) =>
    (
      await database.db.query<{ id: string; subject: string }>(
        "SELECT id, subject FROM delivery WHERE subject LIKE $1 LIMIT 1",
        [`${kind}:%`],
      )
    )[0];
  const [order, product] = [await of("order"), await of("product")];
  for (const one of [order, order, product]) await open(`/app/deliveries/${one?.id}`);
  expect(await looks()).toEqual([{ who: "42", what: "delivery", about: order?.subject, times: 1 }]);
});
