// A shop in which each thing has happened that the pages tell of: sold, refused, lost, paused, not getting through, found, asked for.
import { openReceiver } from "../../app/delivery/receive.ts";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import {
  cartCreated,
  consentChanged,
  customerUpdated,
  newBasket,
  newClickId,
  newOrder,
  orderCreated,
  productUpdated,
  refundCreated,
  someBuyer,
} from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import type { Admin } from "./admin.ts";

type Road = Pick<Admin, "trip" | "place">;

export async function live(admin: Road): Promise<void> {
  await sell(admin);
  await fail(admin);
  await stumble(admin);
  await beAsked(admin);
}

async function sell({ trip, place }: Road): Promise<void> {
  const buyer = someBuyer();
  const first = await place({ clickId: newClickId(), buyer });
  await place({ clickId: null });
  for (const { topic, payload } of [
    ...[cartCreated(newBasket()), customerUpdated(buyer), consentChanged(buyer, true)],
    ...[productUpdated(), refundCreated(first)],
  ])
    await trip.hear(topic, payload);
  await trip.run();
}

/** One vendor's answer is lost, one says no for good, one knows the key no more, one is away. */
async function fail({ trip, place }: Road): Promise<void> {
  const { db } = trip.database;
  trip.vendors.misbehave("alana", "lost");
  await place({ clickId: newClickId() });
  trip.vendors.misbehave("alana", null);
  trip.vendors.misbehave("shopimind", "422");
  await place({ clickId: null });
  trip.vendors.misbehave("shopimind", null);
  trip.vendors.misbehave("shopipixel", "401");
  trip.vendors.misbehave("tolinku", "500");
  await place({ clickId: null });
  trip.vendors.misbehave("shopipixel", null);
  trip.vendors.misbehave("tolinku", null);
  await db.query(
    `UPDATE lane SET held_until = now() + interval '20 min', wake_at = now() + interval '20 min' WHERE destination = 'tolinku'`,
  );
}

/** A webhook that nobody can read, and one that Shopify had not told. */
async function stumble({ trip }: Road): Promise<void> {
  await trip.hear("customers/create", "{ no JSON");
  const missed = newOrder({ clickId: newClickId() });
  await openReceiver(trip.database.db)({
    ...{ shop: SANDBOX_SHOP, topic: "orders/updated", eventId: null, apiVersion: null, triggeredAt: null },
    ...{ webhookId: `order:${missed.id}@2026`, origin: "reconciliation", body: Buffer.from(JSON.stringify(missed)) },
  });
  await trip.run();
}

/** For what is held about a buyer, to erase another, and to tell a vendor what was before. */
async function beAsked({ trip, place }: Road): Promise<void> {
  const [one, other] = [await place(), orderCreated(newOrder())];
  const asked = (customer: object) => ({ shop_domain: SANDBOX_SHOP, customer });
  await trip.hear(other.topic, other.payload);
  await trip.hear("customers/data_request", asked({ id: one.customer.id }));
  await trip.hear("customers/redact", asked({ id: 99_887_766 }));
  await trip.run();
  await upkeep(trip.road, { post: fetch, signal: new AbortController().signal });
  await trip.database.db.query(
    `INSERT INTO backfill (shop, connection_id, what, since, until, pieces, expected, created_at, look_at, state, seen, sent)
     SELECT shop, id, 'products,orders', '2026-01-01', now(), '[]', '{"products": 10, "orders": 140}', now(), now() + interval '1 hour', 'running', 60, 40
     FROM connection WHERE destination = 'shopimind'`,
  );
}

/** Five connections more, one to each vendor, with names of every length; to be called last: they have no credentials. */
export async function crowd({ trip }: Pick<Road, "trip">): Promise<void> {
  await trip.database.db.query(
    `INSERT INTO connection (id, shop, destination, name, state, settings, account, rules)
     SELECT gen_random_uuid(), shop, destination, names.name, 'on', settings, account || ' again', rules
     FROM connection
     JOIN (VALUES ('prisjakt', 'Deutschland und Österreich (Großhandel)'), ('tolinku', 'Sverige'), ('alana', 'x'),
       ('shopipixel', 'United Kingdom outlet store'), ('shopimind', 'Onlineshop, Verkauf im Laden, Abonnements und alles Übrige'))
       AS names (slug, name) ON names.slug = destination`,
  );
}
