// Accuracy, figures, backfills, missed webhooks, privacy and settings for a merchant who reads German: no text of the English catalogue is left on them.
import { expect, test } from "vitest";
import { openReceiver } from "../../app/delivery/receive.ts";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { textsIn } from "../../app/pages/texts/catalogue.ts";
import { newClickId, newOrder } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import type { Admin } from "../support/admin.ts";
import { merchantAtPages } from "../support/merchant.ts";

const merchant = merchantAtPages({ anew: false, first: happened });
const { open, says } = merchant;
const page = () => merchant.tab.page;

/** Something for each page to tell of. */
async function happened({ trip, place }: Admin): Promise<void> {
  const { db } = trip.database;
  const { customer } = await place({ clickId: newClickId() });
  await place({ clickId: null });
  const missed = newOrder();
  await openReceiver(db)({
    ...{ shop: SANDBOX_SHOP, topic: "orders/updated", eventId: null, apiVersion: null, triggeredAt: null },
    ...{ webhookId: `order:${missed.id}@2026`, origin: "reconciliation", body: Buffer.from(JSON.stringify(missed)) },
  });
  for (const topic of ["data_request", "redact"])
    await trip.hear(`customers/${topic}`, { shop_domain: SANDBOX_SHOP, customer: { id: customer.id } });
  await trip.run();
  await upkeep(trip.road, { post: fetch, signal: new AbortController().signal });
  await db.query(
    `UPDATE delivery SET state = 'unknown', reason_code = 'cannot_tell', reason_values = '{}'
     WHERE id = (SELECT max(id) FROM delivery WHERE destination = 'tolinku' AND kind = 'order.placed')`,
  );
  await db.query(
    `INSERT INTO look (shop, at, who, what, of, about)
     VALUES ($1, now(), '42', 'delivery', '1', 'order:7'), ($1, now(), '42', 'file', '1', 'customer:1')`,
    [SANDBOX_SHOP],
  );
  await db.query(
    `INSERT INTO backfill (shop, connection_id, state, what, since, until, pieces, expected, created_at, look_at, ended_at, seen, sent)
     SELECT $1, id, s.state, 'products,orders', now() - interval '60 days', now(), '[]', '{"orders": 12000}', now(),
       now() + interval '1 day', CASE WHEN s.state = 'done' THEN now() END, 5000, 4100
     FROM connection CROSS JOIN unnest(ARRAY['running', 'done']) AS s (state)
     WHERE destination = 'shopimind'`,
    [SANDBOX_SHOP],
  );
}

const flat = (texts: object, before = ""): [string, string][] =>
  Object.entries(texts).flatMap(([key, text]): [string, string][] =>
    typeof text === "string" ? [[before + key, text]] : flat(text, `${before}${key}.`),
  );

/** @returns the texts of the catalogue, longer than a word, that German says otherwise and that are here in English. */
async function englishIn(text: string): Promise<string[]> {
  const texts = await textsIn("de");
  const areas = Object.entries(texts.getDataByLanguage("de") ?? {}).filter(([area]) => area !== "polaris");
  return areas.flatMap(([area, german]) => {
    const english = new Map(flat(texts.getResourceBundle("en", area) ?? {}));
    return flat(german)
      .map(([key, told]) => ({ told, said: english.get(key) ?? "" }))
      .filter(({ told, said }) => said !== told && /\p{L}{2,} \p{L}{2,}/u.test(said.replace(VALUE, "|")))
      .filter(({ said }) => new RegExp(said.split(VALUE).map(escaped).join("[^\\n]*")).test(text))
      .map(({ said }) => said);
  });
}
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const VALUE = /\{\{[^}]*\}\}|<[^>]*>/;

/** What stands on the page, and what a screen reader says of it. */
const read = () =>
  page().evaluate(() => {
    const labels = [...document.querySelectorAll("[aria-label], [title]")].map(
      (one) => `${one.getAttribute("aria-label")} ${one.getAttribute("title")}`,
    );
    return [document.body.innerText, ...labels].join("\n");
  });

const idOf = async (slug: string) => {
  const [row] = await merchant.admin.trip.database.db.query<{ id: string }>(
    "SELECT id FROM connection WHERE destination = $1",
    [slug],
  );
  return row?.id ?? "";
};

test.each<[string, string, string | RegExp]>([
  ["/app/accuracy", "", "Shopify zählt"],
  ["/app/accuracy/{tolinku}", "&show=all", /^Abgerufen vor /],
  ["/app/missed", "", "Das Neueste der letzten 30 Tage."],
  ["/app/shopimind/{shopimind}/backfill", "", "5.000 von 12.000 von Shopify gelesen, 4.100 unterwegs."],
  ["/app/shopipixel/{shopipixel}/backfill", "", "Was vorher war"],
  ["/app/tolinku/{tolinku}/backfill", "", /Darum wird nichts von früher gesendet\.$/],
  ["/app/tolinku/{tolinku}/figures", "", /^Abgerufen vor /],
  ["/app/alana/{alana}/figures", "", /hat keine Abfrage, die Zahlen liefert/],
  ["/app/privacy", "", "Datei heruntergeladen zu: Kunde 1"],
  ["/app/settings", "", "Wie lange etwas gespeichert bleibt"],
])("%s is German", async (path, query, said) => {
  const [, slug = ""] = /\{(\w+)\}/.exec(path) ?? [];
  await open(`${path.replace(`{${slug}}`, await idOf(slug))}?locale=de${query}`);
  await says(said);
  expect(await page().locator("html").getAttribute("lang")).toBe("de");
  expect(await englishIn(await read())).toEqual([]);
});

test("what a request came to is said in German", async () => {
  const [sent] = await merchant.admin.trip.database.db.query<{ id: string }>(
    "SELECT deliveries[1] AS id FROM attempt WHERE outcome = 'delivered' ORDER BY id LIMIT 1",
  );
  await open(`/app/deliveries/${sent?.id}?locale=de`);
  await says(/^zugestellt, /);
});

test("what somebody does wrong there is said in German, and an English page is found out", async () => {
  await open("/app/settings?locale=de");
  await page().getByLabel("Kunden-ID").fill("gid");
  await page().getByRole("button", { name: "Nachschlagen" }).click();
  await says("Die ID eines Kunden hat nur Ziffern.");
  await open("/app/missed?locale=en");
  expect(await englishIn(await read())).toContain("Missed webhooks");
});
