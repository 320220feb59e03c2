// What ShopiPixel gives out: the list of events with its cursor, and the statistics.
import { DAY, HOUR } from "./limit.ts";
import { euroCents, euros } from "./rates.ts";
import { Refusal, type Reply } from "./vendor.ts";

export interface Stored {
  eventName: string;
  eventId: string;
  /** Seconds. */
  eventTime: number;
  userData?: Record<string, string>;
  customData?: Record<string, unknown>;
  receivedAt: number;
}
const SOURCES = ["PIXEL", "WEBHOOK", "API", "MERGED"];

function refuse(message: string): never {
  throw new Refusal({ status: 400, json: { success: false, error: "validation_failed", message } }, message);
}

function timeOf(query: URLSearchParams, name: string): number | undefined {
  const given = query.get(name);
  if (given === null) return undefined;
  const time = Date.parse(given);
  return Number.isNaN(time) ? refuse(`${name} must be an ISO date`) : time;
}

/** `to` as a date alone means the whole of that day. */
function rangeOf(query: URLSearchParams): { from: number; to: number } {
  const to = timeOf(query, "to");
  const wholeDay = /^\d{4}-\d\d-\d\d$/.test(query.get("to") ?? "") ? DAY - 1 : 0;
  return { from: timeOf(query, "from") ?? 0, to: (to ?? Number.MAX_SAFE_INTEGER) + (to === undefined ? 0 : wholeDay) };
}

export function listEvents(query: URLSearchParams, stored: Stored[]): Reply {
  const limit = Number(query.get("limit") ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) refuse("limit must be from 1 to 200");
  const source = query.get("source");
  if (source && !SOURCES.includes(source)) refuse(`source must be one of ${SOURCES.join(", ")}`);
  const { from, to } = rangeOf(query);
  const name = query.get("eventName");
  const before = readCursor(query.get("cursor"), stored.length);
  const page: object[] = [];
  let at = before;
  for (; at > 0 && page.length < limit; at--) {
    const event = stored[at - 1] as Stored;
    const time = event.eventTime * 1000;
    const wanted = (!name || event.eventName === name) && (!source || source === "API") && time >= from && time <= to;
    if (wanted) page.push(shown(event, at));
  }
  const hasMore = at > 0;
  const nextCursor = hasMore ? Buffer.from(`before:${at}`).toString("base64url") : null;
  return { status: 200, json: { success: true, data: page, pagination: { hasMore, nextCursor } } };
}

function readCursor(cursor: string | null, end: number): number {
  if (cursor === null) return end;
  const found = /^before:(\d+)$/.exec(Buffer.from(cursor, "base64url").toString());
  return found ? Math.min(Number(found[1]), end) : refuse("cursor is not one that was given out");
}

/** Personal data and click ids are never given out; customData is, unchanged. */
const shown = (event: Stored, id: number) => ({
  id: `evt_${id}`,
  eventName: event.eventName,
  eventId: event.eventId,
  eventTime: event.eventTime,
  source: "API",
  customData: event.customData ?? null,
  createdAt: new Date(event.receivedAt).toISOString(),
});

const CUT: Record<string, number> = { hour: 13, day: 10, month: 7 };

/** The page publishes what the answer is about, not its fields: these names are the sandbox's. */
export function statistics(query: URLSearchParams, stored: Stored[], now: number): Reply {
  const granularity = query.get("granularity") ?? "day";
  if (!["hour", "day", "week", "month"].includes(granularity)) refuse("granularity must be hour, day, week or month");
  const range = rangeOf(query);
  const from = query.has("from") ? range.from : now - 30 * DAY;
  const to = query.has("to") ? range.to : now;
  if (to < from) refuse("from must be before to");
  if (granularity === "hour" && to - from > 7 * DAY + HOUR)
    refuse("with granularity hour the range is limited to 7 days");
  const inRange = stored.filter((event) => event.eventTime * 1000 >= from && event.eventTime * 1000 <= to);
  const buckets = Map.groupBy(inRange, (event) => bucketOf(event.eventTime * 1000, granularity));
  const series = [...buckets]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([date, events]) => ({ date, ...figures(events) }));
  const json = {
    success: true,
    granularity,
    currency: "EUR",
    totals: figures(inRange),
    series,
    platforms: ["meta", "google", "tiktok"].map((platform) => ({ platform, sent: inRange.length, successRate: 100 })),
  };
  return { status: 200, json };
}

function bucketOf(time: number, granularity: string): string {
  const monday = time - ((new Date(time).getUTCDay() + 6) % 7) * DAY;
  return new Date(granularity === "week" ? monday : time).toISOString().slice(0, CUT[granularity] ?? 10);
}

function figures(events: Stored[]) {
  const purchases = events.filter((event) => event.eventName === "Purchase");
  const views = events.filter((event) => event.eventName === "PageView").length;
  const cents = purchases.reduce((sum, { customData }) => sum + euroCents(customData?.value, customData?.currency), 0);
  const conversionRate = views ? Math.round((purchases.length / views) * 10_000) / 100 : 0;
  return { events: events.length, purchases: purchases.length, revenue: euros(cents), conversionRate };
}
