// From Home down to the bytes that were sent, as a merchant walks, on a desk and on a phone; and what the addresses of these pages may hold.
import { mkdirSync } from "node:fs";
import { expect, test } from "vitest";
import { newClickId } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { HUMAN } from "../support/browser.ts";
import { merchantAtPages } from "../support/merchant.ts";
import { framed, tokenFor } from "../support/web.ts";

const merchant = merchantAtPages();
const query = <Row>(sql: string, values: unknown[] = []) => merchant.admin.trip.database.db.query<Row>(sql, values);
/** For whoever wants to look at the pages: SHOTS=folder. */
const shots = process.env.SHOTS;

test.each([
  1400, 390,
])("one finds an order, what became of it, and what each vendor was sent, %i wide", async (width) => {
  const { page } = merchant.tab;
  await page.setViewportSize({ width, height: 900 });
  const order = await merchant.admin.place({ clickId: newClickId() });
  await merchant.admin.place({ clickId: newClickId() });
  const heading = (name: string | RegExp) => page.getByRole("heading", { level: 1, name }).waitFor();
  const seen = async (name: string) => {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide, name).toBeLessThanOrEqual(width);
    if (!shots) return;
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: true });
  };
  await merchant.open("/app");
  await page.getByRole("link", { name: `Order ${order.name}`, exact: true }).click();
  await heading(`Order ${order.name}`);
  await seen("order");
  await page.getByRole("button", { name: "Activity" }).click();
  await heading("Home");
  await merchant.open("/app/activity");
  await page.getByRole("link", { name: `Order placed: Order ${order.name}` }).waitFor();
  await seen("activity");
  await page.getByLabel("Search").fill(order.email.toUpperCase());
  const kind = page.getByRole("combobox", { name: "What happened" });
  const filters = page.getByRole("button", { name: /^Filters/ });
  if (width === 390) {
    expect(await kind.isVisible()).toBe(false);
    const form = await page.getByRole("search").boundingBox();
    expect(form?.height).toBeLessThan(300);
    await filters.press("Enter");
    expect(await filters.getAttribute("aria-expanded")).toBe("true");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("connection");
  } else expect(await filters.isVisible()).toBe(false);
  await kind.selectOption("order.placed");
  await page.getByRole("button", { name: "Show" }).click();
  await page.waitForURL(/q=/);
  if (width === 390) await page.getByRole("button", { name: "Filters: 1 set", expanded: false }).waitFor();
  await page.getByRole("link", { name: "Show everything" }).waitFor();
  await expect.poll(() => page.getByRole("row").count()).toBe(2);
  await page.getByRole("link", { name: `Order ${order.name}`, exact: true }).click();
  await heading(`Order ${order.name}`);
  await page.getByRole("link", { name: "Order placed" }).first().click();
  await heading(`Order placed: Order ${order.name}`);
  await merchant.says("X-Shopify-Topic: orders/create");
  expect(await page.locator("body").innerText()).not.toContain(order.email);
  await seen("event");
  await page.getByRole("link", { name: `Order ${order.name} at Tolinku: delivered` }).click();
  await heading(/^Order placed to Tolinku/);
  await merchant.says(/^POST .*\/tolinku\/v1\/api\/analytics\/ecommerce\/batch/);
  await merchant.says("x-api-key: [secret]");
  await expect.poll(() => page.locator("mark").innerText()).toContain(`"${order.id}"`);
  await seen("delivery");
  await page.goBack();
  await heading(`Order placed: Order ${order.name}`);
  await page.getByRole("link", { name: `Order ${order.name} at ShopiPixel: delivered` }).click();
  await heading(/^Order placed to ShopiPixel/);
  expect(await page.locator("mark").innerText()).not.toContain(order.email);
  await page.getByRole("link", { name: "Show personal data" }).click();
  await expect.poll(() => page.locator("mark").innerText()).toContain(order.email);
  expect(await query("SELECT what FROM look ORDER BY id")).toEqual(
    ["delivery", "delivery", "request"].map((what) => ({ what })),
  );
  await page.getByRole("link", { name: "Cover it again" }).click();
  await expect.poll(() => page.locator("mark").innerText()).not.toContain(order.email);
  await merchant.open("/app/privacy");
  await page.getByRole("link", { name: "what a vendor was sent" }).waitFor();
});

test("a request of several marks one message, an answer of a web page is text, and what was sent again by hand is said", async () => {
  const { page } = merchant.tab;
  const { trip } = merchant.admin;
  trip.vendors.misbehave("alana", "nonsense");
  await merchant.admin.place();
  trip.vendors.misbehave("alana", null);
  const [lost] = await query<{ id: string }>(
    "SELECT id FROM delivery WHERE destination = 'alana' AND state = 'unknown'",
  );
  await query("UPDATE attempt SET answer = $1 WHERE destination = 'alana'", [
    `<!doctype html><b>${"x".repeat(2_000)}</b>`,
  ]);
  await merchant.open(`/app/deliveries/${lost?.id}`);
  await merchant.says(/<!doctype html><b>xxx/);
  expect(await page.locator("pre.answer b").count()).toBe(0);
  await merchant.press("Send again");
  await merchant.answer("Send again");
  await merchant.says("1 delivery to be sent again.");
  trip.forward(1_000);
  await trip.run();
  await page.getByText("May count twice", { exact: true }).waitFor();
  await merchant.says("Sent again because a person wanted it");
});

test("an address of another shop's, of nothing or of nonsense is no page, and a search of anything is one", async () => {
  await merchant.admin.place();
  const answer = async (path: string) => {
    const url = `${merchant.admin.web.url}${framed(path)}&id_token=${tokenFor(SANDBOX_SHOP)}`;
    const response = await fetch(url, { headers: { "user-agent": HUMAN } });
    return { status: response.status, text: await response.text() };
  };
  const [event] = await query<{ id: string; order: string; delivery: string }>(
    "SELECT e.id, substr(e.subject, 7) AS order, d.id AS delivery FROM event e JOIN delivery d ON d.event_id = e.id WHERE e.subject LIKE 'order:%' LIMIT 1",
  );
  const own = [`orders/${event?.order}`, `events/${event?.id}`, `deliveries/${event?.delivery}`];
  for (const path of own) expect((await answer(`/app/${path}`)).status, path).toBe(200);
  for (const table of ["event", "delivery"]) await query(`UPDATE ${table} SET shop = 'other.myshopify.com'`);
  for (const path of [...own, "orders/x", "events/'", "events/99999999999999999999", "deliveries/-1"])
    expect((await answer(`/app/${path}`)).status, path).toBe(404);
  const odd = "state=nonsense&after=1.x&from=2026-02-31&to=9999-12-31&kind=x&reason=%27&connection=1";
  for (const typed of ["%", "'; DROP TABLE event; --", "\\", "🦙", "{}", "x".repeat(10_000)]) {
    const { status, text } = await answer(`/app/activity?q=${encodeURIComponent(typed)}&${odd}`);
    expect(status, typed).toBe(200);
    expect(text).toContain("Nothing was found.");
    if (typed.startsWith("xx")) expect(text).toContain(`value="${"x".repeat(200)}"`);
  }
});
