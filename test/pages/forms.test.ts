// What is typed into a form is kept as it was meant, or the page says why not: rules, two tabs, equal keys, a token that fails.
import { expect, test } from "vitest";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { HUMAN } from "../support/browser.ts";
import { merchantAtPages } from "../support/merchant.ts";
import { tokenFor } from "../support/web.ts";

const merchant = merchantAtPages();
const { open, press, says } = merchant;
const page = () => merchant.tab.page;

const stored = async (slug: string) => {
  const rows = await merchant.admin.trip.database.db.query<{
    id: string;
    name: string;
    rules: Record<string, unknown>;
  }>("SELECT id, name, rules FROM connection WHERE destination = $1 AND state <> 'disconnected' ORDER BY created_at", [
    slug,
  ]);
  return rows;
};
const events = () => page().getByRole("group", { name: "Events it gets" }).getByRole("checkbox");

test("countries are picked by their names, and to switch every event off is refused beside them", async () => {
  await open("/app/tolinku");
  const add = page().getByLabel("Only orders that go to these countries");
  await add.selectOption("Sweden");
  await add.selectOption("Norway");
  await page().getByRole("button", { name: "Remove Norway" }).click();
  await add.selectOption("Denmark");
  for (const box of await events().all()) await box.uncheck();
  await press("Save");
  await says("Choose one event at least. To send nothing, turn the connection off.");
  await says("Not saved: see the fields marked above.");
  expect((await stored("tolinku"))[0]?.rules).toMatchObject({ countries: [], kindsOff: [] });
  await page().getByLabel("Order placed").check();
  await press("Save");
  await says("Saved.");
  expect((await stored("tolinku"))[0]?.rules).toMatchObject({ countries: ["SE", "DK"] });
});

test("a country that is none is refused by the server too, and nothing of the form is kept", async () => {
  const [before] = await stored("tolinku");
  const form = new URLSearchParams({ intent: "save", id: before?.id ?? "", purchaseWhen: "placed", version: "1" });
  form.append("kinds[]", "order.placed");
  for (const country of ["SE", "SWE"]) form.append("countries[]", country);
  const path = `/app/tolinku?_data=${encodeURIComponent("routes/app.$slug.($connectionId)")}`;
  const headers = { authorization: `Bearer ${tokenFor(SANDBOX_SHOP)}`, "user-agent": HUMAN };
  const said = await fetch(merchant.admin.web.url + path, { method: "POST", body: form, headers });
  expect(await said.json()).toMatchObject({ errors: { "rules.countries": { values: { countries: "SWE" } } } });
  expect(await stored("tolinku")).toEqual([before]);
});

test("a connection of another shop is not there, nor one that never was", async () => {
  const { road } = merchant.admin.trip;
  const settings = { domain: "other.tolinku.com", apiKey: "tolk_sec_other" };
  const draft = { id: null, destination: "tolinku", name: "Theirs", settings, rules: {} };
  const made = await saveConnection(road, "another-shop.myshopify.com", draft);
  const headers = { authorization: `Bearer ${tokenFor(SANDBOX_SHOP)}`, "user-agent": HUMAN };
  for (const id of [made.ok ? made.id : "", "11111111-1111-4111-8111-111111111111", "x".repeat(10_000)]) {
    const path = `/app/tolinku/${id}?_data=${encodeURIComponent("routes/app.$slug.($connectionId)")}`;
    expect((await fetch(merchant.admin.web.url + path, { headers })).status).toBe(404);
  }
});

test("the later of two tabs is shown what changed meanwhile, and by whom, before it is saved", async () => {
  await open("/app/tolinku");
  await page().locator("label", { hasText: "when it is paid" }).click();
  const [before] = await stored("tolinku");
  const draft = { id: before?.id ?? "", destination: "tolinku", name: "Tolinku", settings: {}, version: 1, by: "77" };
  const saved = await saveConnection(merchant.admin.trip.road, SANDBOX_SHOP, {
    ...draft,
    rules: { kindsOff: ["cart.changed"], countries: ["SE"] },
  });
  expect(saved.ok).toBe(true);
  await press("Save");
  await says(/User 77 of your staff saved these settings \d+ seconds? ago\./);
  await says("Events it gets: Cart changed is off now.");
  await says("Countries: all before, Sweden now.");
  expect((await stored("tolinku"))[0]?.rules).toMatchObject({ purchaseWhen: "placed", countries: ["SE"] });
  await press("Save mine all the same");
  await says("Saved.");
  expect((await stored("tolinku"))[0]?.rules).toMatchObject({ purchaseWhen: "paid", countries: [], kindsOff: [] });
});

test("a setting of the shop that somebody else saved meanwhile is not wiped out: the page says who it was, and what it is now", async () => {
  await open("/app/settings");
  await page().getByLabel("Events in a day, at most").fill("500");
  await merchant.admin.trip.database.db.query(
    `UPDATE shop SET pixel_daily = 4000, saved = '{"pixel ceiling": {"by": "77", "at": "2026-11-28T10:00:00.000Z"}}'`,
  );
  // A refresh behind what is typed changes nothing of what they saw.
  await page().evaluate(() =>
    (window as unknown as { __remixRouter: { revalidate(): void } }).__remixRouter.revalidate(),
  );
  await page().waitForLoadState("networkidle");
  await press("Save the limit");
  await says(/User 77 of your staff changed this meanwhile: it is 4,000 events now\./);
  const daily = async () => (await merchant.admin.trip.database.db.query("SELECT pixel_daily AS daily FROM shop"))[0];
  expect(await daily()).toEqual({ daily: 4000 });
  await press("Save the limit");
  await says("Saved.");
  expect(await daily()).toEqual({ daily: 500 });
});

test("a key that another connection has already is refused, with that connection's name", async () => {
  await open("/app/alana/new");
  await page().getByLabel("Name", { exact: true }).fill("Second");
  await page().getByLabel("API key").fill("ak_sandbox");
  await page()
    .getByLabel(/^Workspace/)
    .fill("another");
  await press("Connect");
  await says("The connection “alana.shopping” has this already: what happens would count twice.");
  expect(await page().getByLabel("API key").getAttribute("aria-invalid")).toBe("true");
  expect(await stored("alana")).toHaveLength(1);
});

test("a token that fails once on the refresh leaves a half-filled form as it is", async () => {
  await open("/app/shopipixel");
  await page().getByLabel("API key").fill("sp_typed_meanwhile");
  const isRefresh = (url: URL) => url.searchParams.has("_data");
  await page().route(isRefresh, (route) =>
    route.fulfill({ status: 401, headers: { "x-remix-catch": "yes" }, contentType: "text/plain", body: "no" }),
  );
  await says(/Switchyard does not answer just now\./);
  expect(await page().getByLabel("API key").inputValue()).toBe("sp_typed_meanwhile");
  await page().unroute(isRefresh);
  await page()
    .getByText(/Switchyard does not answer just now\./)
    .waitFor({ state: "detached" });
  expect(await page().getByLabel("API key").inputValue()).toBe("sp_typed_meanwhile");
  merchant.tab.complaints.splice(0); // the browser tells of each 401
});

test("what is typed while a save is on its way stays, and is not saved yet", async () => {
  await open("/app/tolinku");
  const [placed, refunded] = [page().getByLabel("Order placed"), page().getByLabel("Refund", { exact: true })];
  let letGo = () => {};
  const held = new Promise<void>((go) => (letGo = go));
  await page().route(
    (url) => url.searchParams.has("_data"),
    async (route) => {
      if (route.request().method() === "POST") await held;
      await route.continue();
    },
  );
  await placed.uncheck();
  await press("Save");
  await refunded.uncheck();
  letGo();
  const kindsOff = async () => (await stored("tolinku"))[0]?.rules.kindsOff;
  await expect.poll(kindsOff).toEqual(["order.placed"]);
  const save = page().getByRole("button", { name: "Save", exact: true });
  await expect.poll(() => save.isEnabled()).toBe(true);
  expect(await refunded.isChecked()).toBe(false);
  await save.click();
  await says("Saved.");
  expect(await kindsOff()).toEqual(["order.placed", "order.refunded"]);
});

test("before the page is awake Connect cannot be pressed: the page would be loaded anew, and what was typed be gone", async () => {
  const headers = { authorization: `Bearer ${tokenFor(SANDBOX_SHOP)}`, "user-agent": HUMAN };
  const drawn = await (await fetch(`${merchant.admin.web.url}/app/alana/new`, { headers })).text();
  expect(drawn).toContain("Connect</span>");
  expect(drawn).not.toContain('type="submit"');
});
