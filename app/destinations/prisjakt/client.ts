// Prisjakt's Click and Conversion API (https://conversion.prisjakt.nu/click-and-conversion-api/reference): each endpoint a typed call.
// The reference shows no paths; developer.prisjakt.nu has them, but none for one client, one pixel or one shop: those three are guesses.
import { z } from "zod";
import { fitting } from "../answer.ts";
import type { Answer, Http, Request } from "../destination.ts";
import type { Access } from "./access.ts";
import { Click, Client, Conversion, Event, Pixel, Shop, Summary } from "./shapes.ts";

export interface NewEvent {
  event_name: "purchase";
  /** UTC, without milliseconds. */
  event_time?: string;
  /** 1 to 100 characters; a second one within 30 days is answered 409. */
  external_event_id?: string;
  data: { number_of_items?: number; currency: string; amount: unknown };
  signed_click_id: string;
}
/** UTC times without milliseconds, at most 60 days apart. */
export interface Interval {
  from: string;
  to: string;
}

/** Takes the pixel ID only; a client ID, where one is sent, needs the role shop_user or event_publisher. 201, 409 for one it has; its body is not published. */
export function createEvent(pixelId: string, event: NewEvent, http: Http): Promise<Answer> {
  return http({ method: "POST", path: `/pixels/${pixelId}/events`, json: event });
}

/** Role shop_user, 204; an event it has is overwritten, so nothing here sends by it. @throws SaidNo */
export async function createEvents(pixelId: string, events: NewEvent[], access: Access): Promise<void> {
  await ask(access, { method: "PATCH", path: `/pixels/${pixelId}/events`, json: events });
}

export const eventOf = (id: string, access: Access) => read(Event, `/events/${id}`, access);
export const clientOf = (id: string, access: Access) => read(Client, `/clients/${id}`, access);
export const pixelOf = (id: string, access: Access) => read(Pixel, `/pixels/${id}`, access);
export const clickOf = (id: string, access: Access) => read(Click, `/clicks/${id}`, access);
export const shopOf = (id: string, access: Access) => read(Shop, `/shops/${id}`, access);
export const pixelsOf = (shopId: string, access: Access) => read(z.array(Pixel), `/shops/${shopId}/pixels`, access);

/** Role shop_user, 204. @throws SaidNo */
export async function updatePixel(id: string, change: { enabled?: boolean }, access: Access): Promise<void> {
  await ask(access, { method: "PATCH", path: `/pixels/${id}`, json: change });
}

/** Role admin, 201; its body is not published. @throws SaidNo */
export async function createClient(shopId: string, roles: ("event_publisher" | "shop_user")[], access: Access) {
  return await ask(access, { method: "POST", path: `/shops/${shopId}/clients`, json: { roles } });
}

/** Role shop_user, 201; its body is not published. @throws SaidNo, 409 where the shop has its pixel */
export async function createPixel(shopId: string, access: Access) {
  return await ask(access, { method: "POST", path: `/shops/${shopId}/pixels` });
}

/** @throws SaidNo · NotAsDocumented */
export const summaryOf = (pixelId: string, interval: Interval, access: Access) =>
  read(Summary, `/pixels/${pixelId}/purchase-summary`, access, { ...interval });

/** Newest first; a purchase that comes meanwhile may bring an event twice, so count by id. */
export const eachEvents = (pixelId: string, interval: Interval, access: Access) =>
  eachPage(Event, `/pixels/${pixelId}/events`, interval, access);

export const eachConversions = (pixelId: string, interval: Interval, access: Access) =>
  eachPage(Conversion, `/pixels/${pixelId}/conversions`, interval, access);

/** Pages of 100, for as long as the Link header knows a next one. @throws SaidNo · NotAsDocumented */
async function* eachPage<Entry extends z.ZodType>(entry: Entry, path: string, interval: Interval, access: Access) {
  for (let page = 1; ; page++) {
    const query = { ...interval, page: String(page), per_page: "100" };
    const answer = await access.http({ method: "GET", path, query, headers: secretOf(access) });
    yield fitting(z.array(entry), answer);
    if (!/rel="?next"?/.test(answer.headers.get("link") ?? "")) return;
  }
}

async function read<Schema extends z.ZodType>(
  schema: Schema,
  path: string,
  access: Access,
  query?: Request["query"],
): Promise<z.output<Schema>> {
  return fitting(schema, await access.http({ method: "GET", path, query, headers: secretOf(access) }));
}

async function ask(access: Access, request: Request): Promise<unknown> {
  return fitting(z.unknown(), await access.http({ ...request, headers: secretOf(access) }));
}

const secretOf = (access: Access) => ({ "client-secret": access.clientSecret });
