// What an address asks for of the activity: the search, the filters, and where the page begins.
import { dayStarts } from "../../base/days.ts";
import { KINDS, readPlace, type Wanted } from "../../delivery/activity/wanted.ts";
import { DELIVERY_STATES } from "../../delivery/states.ts";

/** As the form has it. */
export interface Asked {
  q: string;
  connection: string;
  state: string;
  reason: string;
  kind: string;
  from: string;
  to: string;
}

/** Nothing that can be found is longer; more of what was typed is not sent back. */
const MOST_TYPED = 200;
const DAY = /^20\d\d-\d\d-\d\d$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What is no choice counts as none. */
export function readAsked(search: URLSearchParams): Asked {
  const of = (name: string, fits: (text: string) => boolean) => {
    const text = search.get(name) ?? "";
    return fits(text) ? text : "";
  };
  const isDay = (text: string) => DAY.test(text) && !Number.isNaN(Date.parse(text));
  return {
    q: search.get("q") ?? "",
    connection: of("connection", (text) => UUID.test(text)),
    state: of("state", (text) => DELIVERY_STATES.some((state) => state === text)),
    reason: of("reason", (text) => /^[a-z_]{1,60}$/.test(text)),
    kind: of("kind", (text) => KINDS.some((kind) => kind === text)),
    from: of("from", isDay),
    to: of("to", isDay),
  };
}

/** Days are the shop's. */
export function wantedOf(asked: Asked, after: string | null, timeZone: string): Wanted {
  const [from] = asked.from ? dayStarts([asked.from], timeZone) : [];
  const [, until] = asked.to ? dayStarts([asked.to], timeZone) : [];
  return {
    typed: asked.q,
    connectionId: asked.connection || null,
    state: DELIVERY_STATES.find((state) => state === asked.state) ?? null,
    reasonCode: asked.reason || null,
    kind: KINDS.find((kind) => kind === asked.kind) ?? null,
    from: from ?? null,
    until: until ?? null,
    after: readPlace(after),
  };
}

/** As it is shown again. */
export const shownAsked = (asked: Asked): Asked => ({ ...asked, q: asked.q.slice(0, MOST_TYPED) });

/** The address of the same, from another line on. */
export const addressOf = (asked: Asked, after: string | null): string => {
  const all = Object.entries({ ...asked, after: after ?? "" }).filter(([, text]) => text !== "");
  return all.length === 0 ? "/app/activity" : `/app/activity?${new URLSearchParams(all)}`;
};
