// The pages in the course of time: what is old, what is further back, and what is shown while the server is away.
import { expect, test } from "vitest";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { merchantAtPages } from "../support/merchant.ts";

const merchant = merchantAtPages();
const { open, press, says } = merchant;
const page = () => merchant.tab.page;

test("after three months Home still shows an order, and its delivery says that its requests are not kept", async () => {
  const { trip } = merchant.admin;
  const order = await merchant.admin.place();
  trip.forward(91 * 86_400_000);
  await upkeep(trip.road, { post: fetch, signal: new AbortController().signal });
  await open("/app");
  const row = page().getByRole("row", { name: `Order ${order.id}` });
  expect(await row.textContent()).toContain(`EUR\u00a0${order.total_price}`);
  await row.getByRole("cell").first().getByRole("link").click();
  await says("Those that are older than 30 days are not kept.");
});

test("Home shows ten orders at first, and older ones when it is asked", async () => {
  const { trip } = merchant.admin;
  for (let n = 0; n < 12; n += 1) await trip.hear("orders/create", orderCreated(newOrder()).payload);
  await trip.run();
  await open("/app");
  const orders = page().locator(".orders tbody tr");
  expect(await orders.count()).toBe(10);
  await press("Show more");
  await expect.poll(() => orders.count()).toBe(12);
  expect(await page().getByRole("button", { name: "Show more" }).count()).toBe(0);
});

test("the figures' last day is today where the shop is", async () => {
  const { db } = merchant.admin.trip.database;
  const [row] = await db.query<{ id: string }>("SELECT id FROM connection WHERE destination = 'tolinku'");
  // A day and an hour apart: it is never the same day in both.
  for (const timeZone of ["Pacific/Kiritimati", "Pacific/Pago_Pago"]) {
    await db.query("UPDATE shop SET facts = facts || jsonb_build_object('timeZone', $2::text) WHERE domain = $1", [
      SANDBOX_SHOP,
      timeZone,
    ]);
    await open(`/app/tolinku/${row?.id}/figures`);
    const today = new Intl.DateTimeFormat("sv-SE", { timeZone }).format(new Date());
    expect(await page().getByLabel("To", { exact: true }).inputValue()).toBe(today);
  }
});

test("times are told on the shop's clock, whatever clock the desk has, and the page says so", async () => {
  await merchant.admin.trip.database.db.query(
    `UPDATE shop SET facts = facts || '{"timeZone": "Pacific/Kiritimati"}' WHERE domain = $1`,
    [SANDBOX_SHOP],
  );
  await merchant.admin.place();
  await open("/app");
  await page().locator(".orders tbody tr").first().getByRole("cell").first().getByRole("link").click();
  await page()
    .getByRole("heading", { name: /^Requests to / })
    .waitFor();
  await says("All times are in your shop’s time zone, Pacific/Kiritimati.");
  const times = await page().locator("dl.facts time").allInnerTexts();
  expect(times.length).toBeGreaterThan(1);
  for (const time of times) expect(time).toContain("GMT+14");
});

test("while the server does not answer a page stays as it is, with what was typed, and says so", async () => {
  await open("/app/shopipixel");
  const key = page().getByLabel("API key");
  await key.fill("sp_typed_meanwhile");
  const proxy = (url: URL) => url.searchParams.has("_data");
  await page().route(proxy, (route) => route.fulfill({ contentType: "text/html", body: "<h1>Bad gateway</h1>" }));
  await says(/Switchyard does not answer just now\./);
  await press("Save");
  await says("Switchyard did not answer. Try again in a moment.");
  await press("Test connection");
  await page().getByRole("list", { name: "What the test found" }).getByText("Switchyard did not answer").waitFor();
  await press("Pause");
  await page().locator("p[role=alert]", { hasText: "Switchyard did not answer" }).waitFor();
  expect(await key.inputValue()).toBe("sp_typed_meanwhile");
  await page().unroute(proxy);
  await page()
    .getByText(/Switchyard does not answer just now\./)
    .waitFor({ state: "detached" });
  expect(await key.inputValue()).toBe("sp_typed_meanwhile");
});
