// The life of a shop, from the install to its redaction: what the tests of leaving begin and end with.
import { expect } from "vitest";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { PIXEL_POST } from "../../app/events/read.ts";
import { install } from "../../app/shopify/install.ts";
import { customerUpdated, newOrder, type Order, orderCreated, refundCreated, someBuyer } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import type { Trade } from "./trade.ts";
import { seen } from "./visits.ts";

export const told = { shop_domain: SANDBOX_SHOP, myshopify_domain: SANDBOX_SHOP };
const SETTINGS = {
  tolinku: { domain: "https://sandbox.tolinku.example", apiKey: "tolk_sec_sandbox" },
  shopipixel: { apiKey: "sp_sandbox" },
};
export const marksOf = ({ id, customer, email }: Order) => [
  SANDBOX_SHOP,
  String(id),
  String(customer.id),
  email,
  "tolk_sec",
  "sp_sandbox",
];

export type ShopLife = ReturnType<typeof shopLife>;

/** Of a shop that is connected to Tolinku and ShopiPixel. */
export function shopLife(trip: Trade) {
  const tend = async () => {
    await trip.run();
    expect(await upkeep(trip.road, { post: fetch, signal: new AbortController().signal })).toMatchObject({
      failures: [],
    });
  };
  const leaves = () => trip.hear("app/uninstalled", told);
  const isRedacted = (triggeredAt?: Date) => trip.hear("shop/redact", told, { triggeredAt });
  async function comesBack(shop = SANDBOX_SHOP) {
    await install(trip.road.db, shop, null, trip.road.clock());
    for (const [destination, settings] of Object.entries(SETTINGS)) {
      const saved = await saveConnection(trip.road, shop, {
        id: null,
        destination,
        name: destination,
        settings,
        rules: {},
      });
      expect(saved).toMatchObject({ ok: true });
    }
  }
  const sales = () =>
    [...trip.purchases("tolinku"), ...trip.purchases("shopipixel")]
      .map(({ key, carried }) => `${key} ×${carried}`)
      .toSorted();
  const query = <Row>(text: string) => trip.road.db.query<Row>(text);

  /** A life of a shop that leaves a mark in every table that has a shop. */
  async function lives(): Promise<Order> {
    const [buyer, order] = [someBuyer(), newOrder({ at: trip.road.clock(), clickId: null })];
    await trip.take(customerUpdated(buyer));
    await trip.take(orderCreated(order));
    await trip.take(refundCreated(order));
    await trip.hear(PIXEL_POST, { events: [seen("page_viewed", { customerId: "77" })] });
    await trip.hear("products/update", "not even JSON");
    await trip.hear("customers/data_request", { ...told, customer: { id: order.customer.id } });
    await trip.hear("customers/redact", { ...told, customer: { id: 99 } });
    await trip.run();
    await query(`INSERT INTO replay (shop, at, which, count) VALUES ('${SANDBOX_SHOP}', now(), '{}', 1)`);
    await query(
      `INSERT INTO look (shop, at, who, what, of, about) VALUES ('${SANDBOX_SHOP}', now(), '42', 'file', 1, 'customer:77')`,
    );
    await query(
      `INSERT INTO shopify_budget (shop, available, maximum, restores, at) VALUES ('${SANDBOX_SHOP}', 1, 2, 3, now())`,
    );
    await query(
      `WITH b AS (INSERT INTO backfill (shop, connection_id, what, since, until, pieces, created_at, look_at)
         SELECT '${SANDBOX_SHOP}', id, 'orders', now(), now(), '[]', now(), now() + interval '1 day'
         FROM connection WHERE shop = '${SANDBOX_SHOP}' LIMIT 1 RETURNING id)
       INSERT INTO backfill_line (backfill_id, line, data) SELECT id, 0, '{}' FROM b`,
    );
    await query(`INSERT INTO reconciliation (shop, next_at) VALUES ('${SANDBOX_SHOP}', now())`);
    await query(`INSERT INTO reconciliation_mark (shop, resource, since) VALUES ('${SANDBOX_SHOP}', 'orders', now())`);
    await query(`INSERT INTO shop_domain (domain, shop, since) VALUES ('new-name.myshopify.com', '${SANDBOX_SHOP}', now())
      ON CONFLICT DO NOTHING`);
    await query(`INSERT INTO pixel_day (shop, day) VALUES ('${SANDBOX_SHOP}', now())`);
    await query(`INSERT INTO token_turn (shop, owner, until) VALUES ('${SANDBOX_SHOP}', gen_random_uuid(), now())`);
    await query(
      `INSERT INTO session (id, shop, state, "accessToken") VALUES ('offline_${SANDBOX_SHOP}', '${SANDBOX_SHOP}', '', 'token')`,
    );
    await query(`INSERT INTO alert (shop, connection_id, destination, kind, reason_code, reason_values, since, told_at)
      SELECT shop, id, destination, 'late', 'alert_late', '{"name": "${SANDBOX_SHOP}", "minutes": "1"}', now(), now() FROM connection LIMIT 1`);
    await query(`INSERT INTO alert_notice (shop, alert_id, way, what, of, due_at, sent_at)
      SELECT shop, id, 'mail', 'raised', told_at, now(), now() FROM alert LIMIT 1`);
    await tend();
    await query(`INSERT INTO order_day_stale (shop, at) VALUES ('${SANDBOX_SHOP}', now())`);
    return order;
  }

  /** Every row of every table of every schema that has one of the marks. */
  async function rowsWith(marks: string[]): Promise<string[]> {
    const tables = await query<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await query<{ row: string; bytes: string }>(`SELECT t::text AS row FROM ${name} t`);
      const bodies =
        name === "public.webhook"
          ? await query<{ row: string }>("SELECT encode(body, 'escape') AS row FROM webhook WHERE body IS NOT NULL")
          : [];
      for (const { row } of [...rows, ...bodies])
        if (marks.some((mark) => row.toLowerCase().includes(mark.toLowerCase())))
          found.push(`${name} ${row.slice(0, 120)}`);
    }
    return found;
  }
  return { tend, leaves, isRedacted, comesBack, sales, query, lives, rowsWith };
}
