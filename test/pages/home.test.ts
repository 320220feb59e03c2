// One walk over Home and Needs attention, as a merchant goes it, at a desk and on a phone: nothing is complained of.
import { expect, test } from "vitest";
import { merchantAtPages } from "../support/merchant.ts";

const merchant = merchantAtPages();
const { open, press, says } = merchant;
const page = () => merchant.tab.page;
const query = <Row>(sql: string, values: unknown[] = []) => merchant.admin.trip.database.db.query<Row>(sql, values);
const title = (name: string | RegExp) => page().getByRole("heading", { name }).first().waitFor();
const row = (name: RegExp) => page().getByRole("row", { name });
const wide = () => page().evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test.each([1400, 390])("Home and Needs attention at %i pixels", async (width) => {
  await page().setViewportSize({ width, height: 900 });
  await query("UPDATE connection SET created_at = now() - interval '1 day', settings_at = now() - interval '1 day'");
  await open("/app");
  // The guide looks by itself.
  await title("Setup guide");
  await says("2 of 5 done");
  await title("Done: Switchyard is installed");
  await title("Done: Switch the theme app embed on");
  await title("To do: First order delivered");
  for (let n = 0; n < 3; n += 1) await merchant.admin.place();
  await title("Done: First order delivered");
  await title("Done: Connect a destination and test it");
  expect(await query("SELECT embed_on AS on, embed_was_on AS was FROM shop")).toEqual([{ on: true, was: true }]);
  const embed = page().locator(".free", { has: page().getByRole("heading", { name: "Theme app embed" }) });
  expect(await embed.innerText()).toMatch(/^Theme app embed\s+The sandbox has no theme\.$/);
  // A row for each connection, and the last day as a drawing and as a table.
  await row(/^ShopiPixel/)
    .filter({ hasText: /3 delivered.*100\s?%.*worth EUR/ })
    .waitFor();
  await page()
    .getByRole("img", { name: /^Deliveries by hour: [\d,]+ made, 0 ended without arriving/ })
    .waitFor();
  await page().getByText("Values as a table").click();
  expect(await page().getByRole("table", { name: "The last 24 hours" }).getByRole("row").count()).toBe(25);
  await press("Put the guide away");
  await page().getByRole("heading", { name: "Setup guide" }).waitFor({ state: "detached" });
  expect(await wide()).toBe(0);

  // What was refused is found from Home, one of them is chosen, the rest goes as a group.
  await query(
    `UPDATE delivery SET state = 'refused', settled = '{}', reason_code = 'shopipixel_permission', reason_values = '{"words": "403 events:write"}'
     WHERE destination = 'shopipixel' AND state = 'delivered'`,
  );
  await title("One thing needs you");
  await page().getByRole("link", { name: "3 deliveries to ShopiPixel need a decision" }).click();
  await title("ShopiPixel: 3 deliveries");
  await says("Ask ShopiPixel to give your key the permission that it names");
  expect(await page().getByRole("link", { name: "Open ShopiPixel" }).getAttribute("href")).toMatch(
    /^\/app\/shopipixel\//,
  );
  expect(await wide()).toBe(0);
  await page()
    .getByRole("link", { name: /^Choose one by one, ShopiPixel/ })
    .click();
  await page()
    .getByRole("checkbox", { name: /^Choose Order placed #\d+/ })
    .first()
    .check();
  await says("1 delivery chosen");
  await press("Dismiss");
  await says("1 delivery dismissed.");
  await title("ShopiPixel: 2 deliveries");
  expect(await wide()).toBe(0);
  await page().goBack();
  await title("ShopiPixel: 2 deliveries");
  await press("Send again");
  await says("2 deliveries to be sent again.");
  await says("Nothing needs a decision.");
  expect(await row(/You .*ShopiPixel, refused: /).innerText()).toMatch(/You[\s\S]*2 deliveries to be sent again/);
  await page().getByRole("button", { name: "Take back" }).click();
  await says("1 delivery is open again.");

  // The guide comes back, and sees that the embed is gone.
  await page().evaluate(() => localStorage.setItem("sandbox-embed", "off"));
  await open("/app");
  if (width < 500)
    await page()
      .getByRole("button", { name: /actions/i })
      .click();
  await page()
    .getByRole("button", { name: "Setup guide" })
    .or(page().getByRole("menuitem", { name: "Setup guide" }))
    .first()
    .click();
  await title("To do: Switch the theme app embed on");
  await page().evaluate(() => localStorage.removeItem("sandbox-embed"));
  expect(await query("SELECT embed_on AS on FROM shop")).toEqual([{ on: false }]);
});
