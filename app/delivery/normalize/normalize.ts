// Turns a shop's received webhooks into events and deliveries, in the order in which they came, in one transaction.
import type { Sql } from "../../base/database.ts";
import { faultOf, log } from "../../base/log.ts";
import type { Shop } from "../../events/facts.ts";
import { read } from "../../events/read.ts";
import type { Heard, Known, Reading, Snapshot, SnapshotKey } from "../../events/reading.ts";
import { identityIn, namesItsShop } from "../../events/whose.ts";
import { isAboutTheContent } from "../fault.ts";
import { namesOf, ownName } from "../identity/names.ts";
import { identify, type Stranger, yieldNames } from "../identity/same-shop.ts";
import { because } from "../reasons.ts";
import type { Presence, Road } from "../road.ts";
import { saveFacts, shopFacts } from "../shop-facts.ts";
import { loadSnapshots, saveSnapshots } from "../snapshots.ts";
import { bookBackfill, partOf, type Told } from "./backfills.ts";
import { type Booked, bookEvents, lanesIn } from "./book.ts";
import { endBulk } from "./bulk.ts";
import { keepScopes } from "./scopes.ts";
import { mapInTimeSlices } from "./time-slices.ts";
import { InDoubt, part, partings } from "./uninstall.ts";
import { type Done, endWebhooks, lockShop, markUnreadable, type Taken, takeWebhooks } from "./webhooks.ts";

const MOST_AT_ONCE = 200;

/**
 * Works off up to `most` webhooks of a shop, and rings the lanes that got something to do.
 * @returns "more" where others wait behind them, "busy" where another process is at it, "done" where none is left.
 */
export async function normalize(
  road: Road,
  shop: string,
  most = MOST_AT_ONCE,
  asked?: Presence,
): Promise<"more" | "busy" | "done"> {
  let taken: Taken[] = [];
  try {
    const booked = await road.db.transaction(async (sql) => {
      const [isOurs, webhooks, facts] = await Promise.all([
        lockShop(sql, shop),
        takeWebhooks(sql, shop, most),
        shopFacts(sql, shop),
      ]);
      if (!isOurs) return null;
      taken = webhooks;
      return taken.length > 0 ? workOff(road, sql, facts, taken, asked) : { lanes: [], joined: null };
    });
    if (!booked) return "busy";
    if (booked.joined) await road.bell.shop(booked.joined);
    await road.bell.lanes(booked.lanes);
    const there = taken[0]?.there ?? 0;
    return taken.length < there || there === most ? "more" : "done";
  } catch (error) {
    if (error instanceof InDoubt && road.askInstalled)
      return normalize(road, shop, most, await road.askInstalled(shop));
    const [first] = taken;
    if (!isAboutTheContent(error) || !first) throw error;
    if (taken.length > 1) return normalize(road, shop, Math.ceil(taken.length / 2)).then(() => "more");
    await markUnreadable(road.db, first.id, notWorkedOff(error), road.clock());
    return "more";
  }
}

/** `joined`: another shop has the name, and has something to work off. */
type WorkedOff = Booked & { joined: string | null };

async function workOff(road: Road, sql: Sql, shop: Shop, webhooks: Taken[], asked?: Presence): Promise<WorkedOff> {
  const { domain } = shop;
  const naming = webhooks.some(({ topic }) => namesItsShop(topic));
  const names = naming ? await namesOf(sql, domain) : [ownName(domain)];
  const readings = await mapInTimeSlices(road.timer, webhooks, (webhook) => ({
    webhook,
    reading: read(heard(road, webhook, { shop, names })),
  }));
  const gone = await partings(road, sql, domain, readings, asked);
  const memory = await remember(
    sql,
    domain,
    readings.map(({ reading }) => reading),
  );
  const told = await mapInTimeSlices(road.timer, readings, ({ webhook, reading }) => {
    if (reading.is !== "events") return { events: [], shop: undefined };
    const { events, snapshots, shop } = reading.normalize(memory.known);
    for (const snapshot of snapshots) memory.keep(snapshot);
    return { events: events.map((event) => ({ event, webhookId: webhook.id, backfillId: webhook.backfillId })), shop };
  });
  const facts = told.findLast(({ shop }) => shop)?.shop;
  const done = readings
    .filter(({ webhook }) => gone.get(webhook.id) !== "unknown")
    .map(({ webhook, reading }) => doneWith(webhook, reading, gone.get(webhook.id) === "gone"));
  const [, , , booked] = await Promise.all([
    endWebhooks(sql, done, road.clock()),
    saveSnapshots(sql, domain, memory.changed()),
    facts && saveFacts(sql, facts),
    bookAll(
      road,
      sql,
      domain,
      told.flatMap(({ events }) => events),
    ),
  ]);
  const all = readings.map(({ reading }) => reading);
  await keepScopes(sql, domain, all);
  await endBulk(sql, domain, all, road.clock());
  await part(road, sql, domain, readings, gone);
  if (!naming) return { ...booked, joined: null };
  const joined = await identify(
    sql,
    domain,
    identitiesIn(readings, ({ is }) => is !== "unreadable"),
  );
  return { ...booked, joined: joined ?? (await yieldNames(sql, domain, identitiesIn(readings, isAnothers))) };
}

const isAnothers = (reading: Reading) => reading.is === "unreadable" && reading.reason?.code === "shop_another";

async function bookAll(road: Road, sql: Sql, shop: string, told: Told[]): Promise<Booked> {
  const { present, past } = await partOf(sql, shop, told);
  const { lanes } = await bookEvents(road, sql, shop, present);
  for (const { backfill, told } of past) lanes.push(...(await bookBackfill(road, sql, shop, backfill, told)).lanes);
  return { lanes: lanesIn(lanes) };
}

const identitiesIn = (
  readings: { webhook: Taken; reading: Reading }[],
  of: (reading: Reading) => boolean,
): Stranger[] =>
  readings.flatMap(({ webhook: { id, body, topic, triggeredAt, receivedAt }, reading }) => {
    const toldAt = triggeredAt && triggeredAt < receivedAt ? triggeredAt : receivedAt;
    const told = of(reading) ? identityIn(body, topic, toldAt) : null;
    return told ? [{ ...told, webhook: id }] : [];
  });

const heard = (road: Road, webhook: Taken, { shop, names }: Pick<Heard, "shop" | "names">): Heard => ({
  topic: webhook.topic,
  body: webhook.body,
  triggeredAt: webhook.triggeredAt?.toISOString() ?? null,
  heardAt: webhook.receivedAt.toISOString(),
  now: road.clock().toISOString(),
  arrival: webhook.arrival,
  ...{ shop, names },
  pseudonym: (text) => road.keys.pseudonym(`${shop.domain}:${text}`),
});

function doneWith(webhook: Taken, reading: Reading, gone: boolean): Done {
  if (reading.is === "unreadable") return { id: webhook.id, state: "unreadable", reason: reading.reason };
  if (reading.is === "ignored" || reading.is === "waiting") return { id: webhook.id, state: reading.is, reason: null };
  // To erase a shop that left is still to be worked off; one that is back is not erased.
  if (reading.is === "redacted" && gone) return { id: webhook.id, state: "waiting", reason: null };
  return { id: webhook.id, state: "normalized", reason: null };
}

/** The snapshots that the readings ask for, and what they change, so that a later webhook of the batch sees the earlier one's. */
async function remember(sql: Sql, shop: string, readings: Reading[]) {
  const nameOf = ({ kind, id }: SnapshotKey) => `${kind}\n${id}`;
  const all = new Map<string, Snapshot>();
  const known: Known = (key) => all.get(nameOf(key));
  const asked = readings.filter((reading) => reading.is === "events");
  // What the first say leads to the second: a merged customer to the one who is left.
  for (const ask of [
    () => asked.flatMap(({ needs }) => needs),
    () => asked.flatMap(({ more }) => more?.(known) ?? []),
  ]) {
    const keys = new Map(ask().map((key) => [nameOf(key), key]));
    const missing = [...keys].flatMap(([name, key]) => (all.has(name) ? [] : key));
    for (const snapshot of await loadSnapshots(sql, shop, missing)) all.set(nameOf(snapshot), snapshot);
  }
  const changed = new Map<string, Snapshot>();
  return {
    known,
    keep(snapshot: Snapshot) {
      all.set(nameOf(snapshot), snapshot);
      changed.set(nameOf(snapshot), snapshot);
    },
    changed: () => [...changed.values()],
  };
}

function notWorkedOff(error: unknown) {
  log.error({ fault: faultOf(error) }, "a webhook could not be worked off");
  return because("not_worked_off");
}
