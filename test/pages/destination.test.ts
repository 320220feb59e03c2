// A destination's page, walked by a merchant at the width of a desk and of a phone: what keeps it from being saved, what is sent, who changed what.
import { expect, test } from "vitest";
import { listConnections } from "../../app/delivery/connections/connections.ts";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { merchantAtPages } from "../support/merchant.ts";

const merchant = merchantAtPages();
const { open, press, says } = merchant;
const page = () => merchant.tab.page;

const bar = () => page().locator("ui-save-bar section");
const tolinku = async () =>
  (await listConnections(merchant.admin.trip.road, SANDBOX_SHOP)).find(({ destination }) => destination === "tolinku");
const shot = (name: string) =>
  process.env.SHOTS ? page().screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true }) : null;

test.each([
  { width: 1400, height: 900 },
  { width: 390, height: 844 },
])("at $width: nothing is saved before the test is passed, Save and Discard are the admin's, and every change is on record", async (size) => {
  await page().setViewportSize(size);
  await open("/app/tolinku");
  const tag = page().getByLabel("No orders with one of these tags");
  expect(await bar().isVisible()).toBe(false);

  // Discard takes it back, and nothing is unsaved any more.
  await tag.fill("wholesale");
  await bar().waitFor();
  await shot(`unsaved-${size.width}`);
  await press("Discard");
  await bar().waitFor({ state: "hidden" });
  expect(await tag.inputValue()).toBe("");

  // What is wrong is said beside each field and stays there; the first one has the focus.
  await page().getByLabel("Appspace domain").fill("x".repeat(10_000));
  await tag.fill(Array.from({ length: 51 }, (_, at) => `tag ${at}`).join(", "));
  await press("Save");
  await says("Appspace domain is longer than 2000 characters.");
  await says("More than 50 tags.");
  await page().locator('input[name="settings.domain"]:focus').waitFor();
  await tag.fill("wholesale");
  await says("Appspace domain is longer than 2000 characters.");
  await page().getByLabel("Appspace domain").fill("https://sandbox.tolinku.example");

  // A new secret is tested first: a no keeps it from being saved, unless it is wished all the same.
  const key = page().getByLabel("Secret API key");
  await key.fill("tolk_sec_wrong_4321");
  await press("Save");
  await says("Not saved: the test with what you typed failed");
  await shot(`failed-${size.width}`);
  expect(await key.inputValue()).toBe("tolk_sec_wrong_4321");
  expect((await tolinku())?.secrets.apiKey?.last).toBe("dbox");
  await press("Save anyway");
  await says("Saved.");
  expect(await key.inputValue()).toBe("");
  await says(/The stored one ends in 4321 and was set on \d+ \w+ \d{4}/);
  expect((await tolinku())?.rules).toMatchObject({ exceptTags: ["wholesale"], countOnline: true });

  // A vendor that hangs is waited for as long as a request may take; what is typed meanwhile stays.
  const hangs = size.width > 1000; // once is enough: it takes its ten seconds
  merchant.admin.trip.vendors.misbehave("tolinku", "hang");
  if (hangs) await press("Test connection");
  await page().getByLabel("Base currency (optional)").fill("EUR");
  await page().locator("label", { hasText: "orders of the online shop" }).click();
  await press("Save"); // neither a secret nor the host: nobody is asked
  await expect.poll(async () => (await tolinku())?.rules.countOnline).toBe(false);
  if (hangs) await says("Tolinku could not be asked: no answer within 10 s.");

  // Who did what.
  await says("Orders of the online shop count: yes before, no now.");
  const record = page().getByRole("table").last();
  expect(await record.textContent()).toMatch(
    /You.*Orders of the online shop count: yes before, no now\..*Secret API key changed: it ends in 4321 now\..*Connected\./s,
  );
  expect(await page().content()).not.toMatch(/tolk_sec_(wrong|sandbox)/);
  await shot(`record-${size.width}`);
  expect(await page().evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
});

test.each([
  { width: 1400, height: 900 },
  { width: 390, height: 844 },
])("at $width: the form says what each event becomes and which channels there are, and the preview shows the request of a real order", async (size) => {
  await page().setViewportSize(size);
  const order = await merchant.admin.place();
  const { trip } = merchant.admin;
  const { topic, payload } = orderCreated(newOrder());
  await trip.hear(topic, { ...(payload as object), source_name: "amazon" });
  await trip.run();
  const heard = trip.vendors.ledger("shopipixel").entries.length;
  await open("/app/shopipixel");
  await says(/Last 24 hours\s*\d+ delivered, 100% of what ended/);
  await says("At ShopiPixel: InitiateCheckout");
  await says(/the event that you name as “Event for refunds”/);
  await page().getByLabel("orders by Amazon").waitFor();

  await press("Choose an event");
  await page().getByLabel("Find an order by its name").fill("#no such order");
  await press("Find");
  await says("No event of such an order is here.");
  await page().getByLabel("Find an order by its name").fill(order.name);
  await press("Find");
  await page()
    .locator("option", { hasText: `Order placed, ${order.name}` })
    .waitFor({ state: "attached" });
  await press("Preview");
  const request = page().getByRole("region", { name: "Request 1" });
  await request.waitFor();
  const text = (await request.textContent()) ?? "";
  expect(text).toMatch(/POST http.*\/api\/v1\/events/);
  expect(text).toContain(`"eventId": "purchase_${order.id}"`);
  expect(text).toContain("authorization: [secret]");
  expect(text).not.toContain("sp_sandbox");
  expect(text).not.toContain("@");
  await shot(`preview-${size.width}`);

  // With the form as it is typed, not as it is stored.
  const tags = page().getByLabel("Only orders with one of these tags");
  await tags.fill("x".repeat(300));
  expect(await request.count(), "what the form was before says").toBe(0);
  await press("Preview");
  await says("There is something wrong with the form: see the fields marked above.");
  expect(await tags.getAttribute("aria-invalid")).toBe("true");
  await tags.fill("VIP");
  expect(await tags.getAttribute("aria-invalid")).not.toBe("true");
  await press("Preview");
  await says("An order with none of the tags that count here (VIP).");
  await page().getByLabel("Event", { exact: true }).selectOption("sample:order.refunded");
  expect(await page().getByText("An order with none of the tags").count(), "another event's preview").toBe(0);
  await press("Preview");
  await says(/no event for refunds|custom event/i);
  await press("Discard");
  expect(trip.vendors.ledger("shopipixel").entries).toHaveLength(heard);
  expect(await page().evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
});
