// Looks through a shop for what Shopify did not tell: what changed since the last look and is not in the books goes down the road as the webhook that did not come.

import type { Arrival } from "../../delivery/receive.ts";
import type { Road } from "../../delivery/road.ts";
import type { Ask } from "../asking.ts";
import type { Outcome } from "../outcome.ts";
import { whyNot } from "../outcome.ts";
import { because } from "../reasons.ts";
import { type Resource, type Retold, retell } from "../retold/retell.ts";
import { digits } from "../retold/told.ts";
import { askChanged, type Changed } from "./changed.ts";
import * as marks from "./marks.ts";
import { missingAmong, webhookIdOf } from "./missing.ts";
import { type Want, wantsOf } from "./wants.ts";

const MINUTE = 60_000;
/** What changed later is left to Shopify's own webhook, which may still be on its way. */
export const GRACE_MS = 2 * MINUTE;
/** Shopify's list of changes lags behind: each look begins so long before the end of the one before. */
const OVERLAP_MS = 10 * MINUTE;
const AGAIN_MS = 10 * MINUTE;

export interface Looking {
  road: Pick<Road, "db" | "clock" | "destinations" | "bell">;
  shop: string;
  ask: Ask;
  /** Commits what was found, as the door does. */
  receive: (arrival: Arrival) => Promise<void>;
  signal: AbortSignal;
}
/** Why it does not go on. */
type Stop = Exclude<Outcome<never>, { is: "done" | "partly" }>;

/** Of a shop that was taken. Broken off anywhere it goes on there; done twice it changes nothing. */
export async function look(looking: Looking): Promise<void> {
  const { road, shop, signal } = looking;
  const wants = await wantsOf(road, shop);
  for (const resource of ["products", "customers", "orders"] as const) {
    const want = wants[resource];
    const stop = want ? await lookAt(looking, resource, want) : null;
    if (signal.aborted) return;
    if (stop) return breakOff(looking, stop);
  }
  await marks.endLook(road.db, shop, road.clock());
}

async function breakOff({ road, shop }: Looking, stop: Stop): Promise<void> {
  const until = stop.is === "throttled" ? stop.until : new Date(road.clock().getTime() + AGAIN_MS);
  await marks.breakOffLook(road.db, shop, until, whyNot(stop) ?? because("shopify_ill"));
}

async function lookAt(looking: Looking, resource: Resource, want: Want): Promise<Stop | null> {
  const { road, shop, ask, signal } = looking;
  const until = new Date(road.clock().getTime() - GRACE_MS);
  const mark = await marks.openMark(road.db, shop, resource, want.since, until);
  const since = new Date(Math.max(mark.since.getTime() - OVERLAP_MS, Math.floor(want.since.getTime() / 1000) * 1000));
  for (let cursor = mark.cursor; mark.until > since; ) {
    const page = await askChanged(ask, resource, { since, until: mark.until }, cursor);
    if (page.is === "refused") await marks.stepMark(road.db, shop, resource, null, 0); // of a cursor that is too old, also
    if (page.is !== "done") return page as Stop;
    const { changed, next } = page.data;
    const stop = await tellMissing(looking, resource, want, changed);
    if (stop || signal.aborted) return stop;
    await marks.stepMark(road.db, shop, resource, next, changed.length);
    if (!next) break;
    cursor = next;
  }
  await marks.closeMark(road.db, shop, resource);
  return null;
}

const isOfUse = ({ since, placedSinceOnly }: Want, { createdAt }: Changed): boolean =>
  !placedSinceOnly || Date.parse(createdAt) >= Math.floor(since.getTime() / 1000) * 1000;

/** @returns why it does not go on; what can be told of no single thing holds up none of the others. */
async function tellMissing(looking: Looking, resource: Resource, want: Want, page: Changed[]): Promise<Stop | null> {
  const { road, shop, ask, signal } = looking;
  const wanted = resource === "orders" ? page.filter((one) => isOfUse(want, one)) : page;
  const missing = await missingAmong(road.db, shop, resource, wanted);
  let failed = false;
  for (const one of missing) {
    if (signal.aborted) break;
    await marks.holdLook(road.db, shop);
    const told = await retell[resource](ask, one.id);
    if (told.is === "told") await commit(looking, resource, one, told);
    if (told.is === "not told") {
      if (ENDS_ALL.has(told.why.is) || (failed && told.why.is === "ill")) return told.why;
      await marks.noteUntold(road.db, shop, resource, one.updatedAt);
    }
    failed = told.is === "not told";
  }
  if (missing.length > 0) await road.bell.shop(shop);
  return null;
}

const ENDS_ALL = new Set<Stop["is"]>(["throttled", "token dead", "scope missing"]);

async function commit(
  { shop, receive }: Looking,
  resource: Resource,
  { id, updatedAt }: Changed,
  { topic, body }: Extract<Retold, { is: "told" }>,
): Promise<void> {
  await receive({
    ...{ shop, topic, eventId: null, apiVersion: null, triggeredAt: null, origin: "reconciliation" },
    // By the state that it tells: it may be a later one than the list had.
    webhookId: webhookIdOf(resource, digits(id), String(body.updated_at ?? updatedAt)),
    body: Buffer.from(JSON.stringify(body)),
  });
}
