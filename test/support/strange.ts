// An order trip to one vendor with something strange in front of it.
import type { ServerResponse } from "node:http";
import { switchConnection } from "../../app/delivery/connections/switch-connection.ts";
import { orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import { type Asked, type Front, openFront } from "./front.ts";
import { asTold } from "./told.ts";
import { openTrade, type Trade } from "./trade.ts";

export let trip: Trade;
export let front: Front;
let strange: (asked: Asked, response: ServerResponse) => boolean = () => false;
export const end = () => Promise.all([trip.close(), front.close()]);
/** From now on it answers so; true: it has answered, else the vendor is asked. */
export const answerBy = (answer: typeof strange) => {
  strange = answer;
};

export async function to(slug: Slug): Promise<void> {
  strange = () => false;
  trip = await openTrade([slug]);
  front = await openFront(trip.vendors.url, (...all) => strange(...all));
  trip.road.sandbox = { vendorsUrl: front.url, budgets: false };
}
export async function order(): Promise<string> {
  const one = trip.order();
  await trip.take(orderCreated(one));
  return String(one.id);
}
export const orders = async (count: number) => {
  const ids: string[] = [];
  while (ids.length < count) ids.push(await order());
  return ids;
};
export const fates = async (slug: Slug) =>
  Object.fromEntries((await trip.purchaseOf(slug)).map(({ subject, state }) => [subject.slice(6), state]));
export const reasons = async (slug: Slug) => (await trip.purchaseOf(slug)).map(({ reason }) => reason);
export const allOf = (ids: string[], state: string) => Object.fromEntries(ids.map((id) => [id, state]));
export const paused = async () =>
  asTold((await trip.road.db.query<{ paused: object }>("SELECT paused_channels AS paused FROM lane"))[0]?.paused);
export const resume = async () => {
  const [lane] = await trip.road.db.query<{ id: string }>("SELECT connection_id AS id FROM lane");
  await switchConnection(trip.road, SANDBOX_SHOP, lane?.id ?? "", "on");
};

const PAGE = "<!DOCTYPE html><html><title>Attention</title><body><h1>Sorry, you have been blocked</h1></body></html>";
export const blocks = (status: number, ids: string[]) => (asked: Asked, response: ServerResponse) => {
  if (asked.method === "GET" || !ids.some((id) => asked.body.includes(id))) return false;
  response.writeHead(status, { "content-type": "text/html", location: "/blocked" }).end(PAGE);
  return true;
};
