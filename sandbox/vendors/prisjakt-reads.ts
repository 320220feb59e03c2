// What can be read about a pixel's events at Prisjakt: the list, one event, the summary, the conversions.
import { dayIn } from "../../app/base/days.ts";
import { DAY } from "./limit.ts";
import { type Books, type Enter, missing, problem, type Stored } from "./prisjakt-books.ts";
import { UTC } from "./prisjakt-fields.ts";
import { type Call, header, Refusal, type Reply, type Route } from "./vendor.ts";

export function readRoutes(books: Books, enter: Enter): Route[] {
  const eventsIn = (call: Call, id: string) => {
    const { from, to } = rangeOf(call.query);
    const pixel = books.pixels.find((one) => one.id === id.toLowerCase()) ?? missing("pixel");
    const inside = (event: Stored) => momentOf(event) >= from && momentOf(event) <= to;
    const found = books.events.filter((event) => event.pixel === pixel.id && inside(event));
    return found.reverse().sort((a, b) => momentOf(b) - momentOf(a));
  };
  /** A path, who may read it, and what is there. */
  const get = (path: RegExp, roles: string[], answer: (call: Call, id: string) => Reply): Route => [
    "GET",
    path,
    (call, [id = ""]) => {
      enter(call, roles);
      return answer(call, id);
    },
  ];
  return [
    get(/^\/events\/([^/]+)$/, ["shop_user"], (_call, id) => ({
      status: 200,
      json: shown(books.events.find((event) => event.id === id) ?? missing("event")),
    })),
    get(/^\/pixels\/([^/]+)\/events$/, ["shop_user"], (call, id) => paged(call, eventsIn(call, id).map(shown))),
    get(/^\/pixels\/([^/]+)\/purchase-summary$/, ["shop_user"], (call, id) => ({
      status: 200,
      json: summaryOf(eventsIn(call, id)),
    })),
    get(/^\/pixels\/([^/]+)\/conversions$/, [], (call, id) => paged(call, eventsIn(call, id).map(conversion))),
  ];
}

function refuse(detail: string): never {
  throw new Refusal(problem(400, "Bad Request", detail), detail);
}

function rangeOf(query: URLSearchParams): { from: number; to: number } {
  const [from = 0, to = 0] = ["from", "to"].map((name) => {
    const given = query.get(name) ?? refuse(`${name} is required`);
    return UTC.test(given) ? Date.parse(given) : refuse(`${name} must be an ISO 8601 time in UTC`);
  });
  if (to < from || to - from > 60 * DAY) refuse("from and to may be 60 days apart at most");
  return { from, to };
}

function paged(call: Call, all: unknown[]): Reply {
  const at = Number(call.query.get("page") ?? 1);
  const per = Number(call.query.get("per_page") ?? 100);
  if (!(at >= 1)) refuse("page must be 1 or more");
  if (!(per >= 1 && per <= 100)) refuse("per_page must be from 1 to 100");
  const last = Math.max(1, Math.ceil(all.length / per));
  const slice = all.slice((at - 1) * per, at * per);
  return { status: 200, json: slice, headers: last === 1 ? undefined : { link: links(call, at, last) } };
}

function links(call: Call, at: number, last: number): string {
  const to = (page: number, rel: string) => {
    const query = new URLSearchParams(call.query);
    query.set("page", String(page));
    return `<http://${header(call, "host")}/prisjakt${call.path}?${query}>; rel="${rel}"`;
  };
  const before = at > 1 ? [to(at - 1, "prev"), to(1, "first")] : [];
  const after = at < last ? [to(at + 1, "next"), to(last, "last")] : [];
  return [...before, ...after].join(", ");
}

export const clickOf = (event: Stored) => event.signed_click_id.split("_")[0] ?? "";
const momentOf = (event: Stored) => Date.parse(timeOf(event));
const timeOf = (event: Stored) => event.event_time ?? new Date(event.at).toISOString();

const shown = (event: Stored) => ({
  id: event.id,
  click_id: clickOf(event),
  external_event_id: event.external_event_id,
  event_name: event.event_name,
  event_time: timeOf(event),
  data: event.data,
});

const conversion = (event: Stored) => ({
  purchase: {
    id: event.external_event_id ?? event.id,
    timestamp: timeOf(event),
    amount: event.data.amount,
    currency: event.data.currency,
    numberOfItems: event.data.number_of_items ?? 0,
  },
  forwarding: {
    url: "https://sandbox-shop.myshopify.com/",
    timestamp: new Date(event.at - DAY / 24).toISOString(),
    product: { id: "5512731", name: "Stoneware Mug" },
    offerId: "88120",
  },
});

/** Whose days it counts by. */
const ZONE = "Europe/Stockholm";

function summaryOf(events: Stored[]) {
  const sum = (list: Stored[]) => ({
    total_amount: Math.round(list.reduce((total, { data }) => total + data.amount * 100, 0)) / 100,
    number_of_events: list.length,
  });
  const days = Map.groupBy(events, (event) => `${dayIn(ZONE, Date.parse(timeOf(event)))} ${event.data.currency}`);
  const currencies = Map.groupBy(events, (event) => event.data.currency);
  return {
    per_day: [...days].map(([name, list]) => {
      const [date, currency] = name.split(" ");
      return { ...sum(list), time_zone: ZONE, date, currency };
    }),
    summaries: [...currencies].map(([currency, list]) => ({ ...sum(list), currency })),
  };
}
