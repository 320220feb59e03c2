// A shop of five vendors, one of which can refuse and lose, and the figure of each: what the tests of the accuracy begin with.

import { dayIn, dayStarts } from "../../app/base/days.ts";
import type { Told } from "../../app/base/reason.ts";
import { type Accuracy, accuracy } from "../../app/delivery/accuracy/accuracy.ts";
import { orderList } from "../../app/delivery/accuracy/order-list.ts";
import { OUTCOMES } from "../../app/delivery/accuracy/orders.ts";
import { newClickId } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { type Front, openFront } from "./front.ts";
import { type Body, order } from "./payloads.ts";
import { openTestRoad, type TestRoad } from "./road.ts";
import { asTold } from "./told.ts";

export const DAY = 86_400_000;
export let trip: TestRoad;
let front: Front;
let alanaSaysNo = true;
/** While it does, alana refuses order 4004, and its answer to order 4006 is lost. */
export const alanaRefuses = (no: boolean) => {
  alanaSaysNo = no;
};

export async function openFigure(): Promise<void> {
  trip = await openTestRoad();
  alanaSaysNo = true;
  front = await openFront(trip.vendors.url, ({ path, body }, response) => {
    if (!alanaSaysNo || !path.startsWith("/alana")) return false;
    if (body.includes("4006")) response.destroy();
    if (!body.includes("4004")) return body.includes("4006");
    response.writeHead(400, { "content-type": "application/json" }).end('{"error":"no such order"}');
    return true;
  });
  trip.road.sandbox = { vendorsUrl: front.url, budgets: false };
}
export const closeFigure = () => Promise.all([trip.close(), front.close()]);

export const clicked = () => ({ note_attributes: [{ name: "pjclid", value: newClickId() }] });
export const place = async (number: number, over: Body = {}, at = trip.road.clock()) => {
  const time = at.toISOString().replace(/\.\d+Z$/, "Z");
  const times = { created_at: time, processed_at: time, updated_at: time };
  await trip.hear("orders/create", order({ id: 4000 + number, name: `#${number}`, ...times, ...over }));
};
export const around = () => {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const now = trip.road.clock().getTime();
  return { from: day(now - 3 * DAY), to: day(now + 2 * DAY) };
};
export const idOf = async (slug: string) => {
  const [row] = await trip.road.db.query<{ id: string }>(
    "SELECT id FROM connection WHERE destination = $1 AND state <> 'disconnected'",
    [slug],
  );
  return row?.id ?? "";
};
export const figure = async (slug: string, range = around(), shop = SANDBOX_SHOP): Promise<Told<Accuracy>> => {
  const [found] = await accuracy(trip.road, shop, range, await idOf(slug));
  if (!found) throw new Error("there is no such connection");
  return asTold(found);
};
/** What there is any of. */
export const stands = async (slug: string) =>
  Object.fromEntries(Object.entries((await figure(slug)).total).filter(([, count]) => count > 0));
export const listed = async (slug: string, outcomes: readonly (typeof OUTCOMES)[number][] = OUTCOMES) => {
  const wanted = { connectionId: await idOf(slug), range: around(), outcomes, after: null, limit: 100 };
  const { orders } = await orderList(trip.road, SANDBOX_SHOP, wanted);
  return asTold(orders).map(({ name, outcome, reason }) => `${name} ${outcome}${reason ? `: ${reason}` : ""}`);
};
/** The last day of 23 or 25 hours in Berlin that has been over for some days. */
export function oddDay(): number {
  for (let at = Date.now() - 5 * DAY; ; at -= DAY) {
    const [from, to] = dayStarts([dayIn("Europe/Berlin", at)], "Europe/Berlin").map(Number) as [number, number];
    if (to - from !== DAY) return from;
  }
}
