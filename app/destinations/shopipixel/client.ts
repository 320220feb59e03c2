// ShopiPixel's public API (https://shopipixel.com/help/api): three endpoints, each a typed call.
import { z } from "zod";
import { fitting } from "../answer.ts";
import type { Answer, Http } from "../destination.ts";

/** What one event may carry; amounts are JSON numbers by `decimal()`. */
export interface VendorEvent {
  eventName: string;
  /** The same id within 20 minutes is a duplicate: taken, not counted. */
  eventId: string;
  /** Unix seconds, at most 24 hours ago and 5 minutes ahead when the vendor gets it. */
  eventTime: number;
  /** In clear text; the vendor hashes it for each ad platform. */
  userData?: { email?: string; phone?: string };
  /** Given back unchanged by GET /events, so nothing personal belongs here. */
  customData?: {
    currency?: string;
    value?: unknown;
    orderId?: string;
    contents?: { id: string; quantity: number; itemPrice?: unknown }[];
    contentIds?: string[];
  };
}

const Failure = z.union([z.string(), z.looseObject({ code: z.string().nullish(), message: z.string().nullish() })]);
// The documents describe the fields of a single answer only; a bulk item is read as the same, with an error beside it.
const Result = z.looseObject({
  success: z.boolean().nullish(),
  status: z.union([z.string(), z.number()]).nullish(),
  duplicate: z.boolean().nullish(),
  eventId: z.string().nullish(),
  error: Failure.nullish(),
  code: z.string().nullish(),
  message: z.string().nullish(),
});
export type Result = z.output<typeof Result>;
const Results = z.looseObject({ results: z.array(Result) });
const Single = Result.extend({ success: z.boolean(), results: z.undefined().optional() });

const Listed = z.looseObject({
  eventName: z.string().nullish(),
  /** Not in the documents; used where it is there. */
  eventId: z.string().nullish(),
  customData: z.looseObject({ orderId: z.union([z.string(), z.number()]).nullish() }).nullish(),
});
export type Listed = z.output<typeof Listed>;
const List = z.looseObject({
  data: z.array(Listed),
  pagination: z.looseObject({ hasMore: z.boolean(), nextCursor: z.string().nullish() }),
});
export interface ListFilter {
  /** 1 to 200; the vendor's default is 50. */
  limit?: number;
  eventName?: string;
  /** ISO dates. */
  from?: string;
  to?: string;
  source?: "PIXEL" | "WEBHOOK" | "API" | "MERGED";
}

export type Granularity = "hour" | "day" | "week" | "month";
export interface StatsQuery {
  granularity: Granularity;
  /** ISO dates, both included; with "hour" at most 7 days. */
  from: string;
  to: string;
}
// The names of the metrics are not in the documents.
const Stats = z.record(z.string(), z.unknown());
export type Stats = z.output<typeof Stats>;

const EVENTS = "/api/v1/events";
const DAY = 86_400_000;

/** @throws SaidNo · NotAsDocumented */
export async function createEvent(event: VendorEvent, http: Http): Promise<Result> {
  return fitting(Result, await http({ method: "POST", path: EVENTS, json: event }));
}

/** Up to 100 events, about 50 by the vendor's advice; the whole body below 512 KB. */
export function createEvents(events: unknown[], http: Http): Promise<Answer> {
  return http({ method: "POST", path: EVENTS, json: events });
}

/**
 * The answer of `createEvents`: one result per event, in their order. Of one event it may be that of a single one.
 * @throws SaidNo · NotAsDocumented
 */
export function resultsOf(answer: Answer, sent: number): Result[] {
  const single = sent === 1 && answer.status < 300 ? Single.safeParse(answer.json).data : undefined;
  return single ? [single] : fitting(Results, answer).results;
}

/** One page of what the vendor has, newest first. @throws SaidNo · NotAsDocumented */
export async function listEvents(filter: ListFilter, http: Http, cursor?: string) {
  const { limit, ...rest } = filter;
  const query = { limit: limit?.toString(), ...rest, cursor };
  return fitting(List, await http({ method: "GET", path: EVENTS, query }));
}

/** All pages of it, one after the other. @throws SaidNo · NotAsDocumented */
export async function* eachPage(filter: ListFilter, http: Http): AsyncGenerator<Listed[]> {
  let cursor: string | undefined;
  do {
    const { data, pagination } = await listEvents(filter, http, cursor);
    yield data;
    cursor = pagination.hasMore ? (pagination.nextCursor ?? undefined) : undefined;
  } while (cursor);
}

/** @throws RangeError for hours over more than 7 days · SaidNo · NotAsDocumented */
export async function stats(query: StatsQuery, http: Http): Promise<Stats> {
  const days = (Date.parse(query.to) - Date.parse(query.from)) / DAY + 1;
  if (query.granularity === "hour" && days > 7) throw new RangeError("figures by the hour span at most 7 days");
  return fitting(Stats, await http({ method: "GET", path: "/api/v1/stats", query: { ...query } }));
}
