// What is asked of the pages in a large ledger: each page's data, and each way to search and to page through it.
import type { Database } from "../../app/base/database.ts";

export interface Asked {
  name: string;
  /** The address of its data, another one each time where it can be. */
  path(n: number): string;
}

const page = (name: string, route: string, at: (n: number) => string): Asked => ({
  name,
  path(n) {
    const [path = "", search = ""] = at(n).split("?");
    return `${path}?_data=${encodeURIComponent(`routes/${route}`)}&${search}`;
  },
});

/** Number `n` of the copies that bench/fill makes. */
const orderOf = (n: number) => `${3_000_000_000_000_000 + n}`;

export async function pagesOf(db: Database): Promise<Asked[]> {
  const one = async (sql: string) => (await db.query<{ id: string }>(sql))[0]?.id ?? "";
  const tolinku = await one("SELECT id FROM connection WHERE destination = 'tolinku'");
  const email = await one("SELECT mail AS id FROM pattern LIMIT 1");
  const customer = await one("SELECT customer AS id FROM pattern LIMIT 1");
  const group = (state: string) =>
    one(
      `SELECT reason_key AS id FROM attention_count WHERE connection_id = '${tolinku}' AND state = '${state}' ORDER BY count DESC LIMIT 1`,
    );
  const [refused, expired] = [await group("refused"), await group("expired")];
  const last = Number(await one("SELECT max(id) AS id FROM delivery"));
  const lastEvent = Number(await one("SELECT max(id) AS id FROM event"));
  const lastCopy = Number(
    await one("SELECT substr(subject, 7)::bigint - 3000000000000000 AS id FROM event ORDER BY event.id DESC LIMIT 1"),
  );
  /** A young one. */
  const nth = (n: number) => lastCopy - n * 97;
  const activity = (name: string, search: (n: number) => string) =>
    page(`activity ${name}`, "app.activity", (n) => `/app/activity?${search(n)}`);
  const members = (name: string, search: (n: number) => string) =>
    page(name, "app.attention_.group", (n) => `/app/attention/group?connection=${tolinku}&${search(n)}`);
  const ago = (days: number) => Date.now() - days * 86_400_000;
  const day = (n: number) => new Date(ago(n)).toISOString().slice(0, 10);
  return [
    page("home", "app._index", () => "/app"),
    page("home, 90 orders", "app._index", () => "/app?orders=90"),
    page("attention", "app.attention", () => "/app/attention"),
    members("a small group", () => `state=refused&key=${refused}`),
    members("a large group", () => `state=expired&key=${expired}`),
    members("a large group, from far back", (n) => `state=expired&key=${expired}&before=${Math.trunc(last / (n + 2))}`),
    page("destination", "app.$slug.($connectionId)", () => `/app/tolinku/${tolinku}`),
    page("figures", "app.$slug.$connectionId.figures", () => `/app/tolinku/${tolinku}/figures`),
    page("backfill", "app.$slug.$connectionId.backfill", () => `/app/tolinku/${tolinku}/backfill`),
    page("accuracy", "app.accuracy._index", () => "/app/accuracy"),
    page("accuracy of one", "app.accuracy.$connectionId", () => `/app/accuracy/${tolinku}`),
    page("accuracy of one, what is rare", "app.accuracy.$connectionId", () => `/app/accuracy/${tolinku}?show=before`),
    page("accuracy of a year", "app.accuracy._index", () => `/app/accuracy?from=${day(364)}&to=${day(0)}`),
    page(
      "accuracy of one, a year",
      "app.accuracy.$connectionId",
      () => `/app/accuracy/${tolinku}?from=${day(364)}&to=${day(0)}`,
    ),
    page("missed", "app.missed", () => "/app/missed"),
    page("privacy", "app.privacy", () => "/app/privacy"),
    page("settings", "app.settings", () => "/app/settings"),
    page("delivery", "app.deliveries.$id", (n) => `/app/deliveries/${last - n * 31}`),
    page("order", "app.orders.$id", (n) => `/app/orders/${orderOf(nth(n))}`),
    page("event", "app.events.$id", (n) => `/app/events/${lastEvent - n * 31}`),
    activity("all", () => ""),
    activity("of a day", (n) => `from=${day(n)}&to=${day(n)}`),
    activity("refused", () => "state=refused"),
    activity("expired on a day", (n) => `state=expired&from=${day(n)}&to=${day(n)}`),
    activity("refused, from far back", (n) => `state=refused&after=${ago(n + 100)}.1`),
    activity("due", () => "state=due"),
    activity("due purchases", () => "state=due&kind=order.placed"),
    activity("skipped at one", () => `state=skipped&connection=${tolinku}`),
    activity("skipped for a reason", () => "state=skipped&reason=point_of_sale"),
    activity("for a reason that is none", () => "reason=erased"),
    activity("superseded", () => "state=superseded"),
    activity("purchases delivered at one", () => `kind=order.placed&state=delivered&connection=${tolinku}`),
    activity("a kind that is rare", () => "kind=customer.saved"),
    activity("from far back", (n) => `after=${ago(n + 100)}.1`),
    activity("at one, from far back", (n) => `connection=${tolinku}&after=${ago(n + 100)}.1`),
    activity("order's name", (n) => `q=%23${nth(n)}`),
    activity("order's name without its sign", (n) => `q=${nth(n)}`),
    activity("order's name, of a state", (n) => `q=%23${nth(n)}&state=skipped&connection=${tolinku}`),
    activity("order's id", (n) => `q=${orderOf(nth(n))}`),
    activity("purchase's id", (n) => `q=purchase_${orderOf(nth(n))}`),
    activity("event's number", (n) => `q=${lastEvent - n * 31}`),
    activity("customer of two orders", (n) => `q=${4_000_000_000_000_000 + Math.trunc(nth(n) / 4)}`),
    activity("customer of thousands", () => `q=${customer}`),
    activity("e-mail of two orders", (n) => `q=buyer${Math.trunc(nth(n) / 4)}%40example.com`),
    activity("e-mail of thousands", () => `q=${encodeURIComponent(email)}`),
    activity("e-mail of thousands, refused", () => `q=${encodeURIComponent(email)}&state=refused`),
    activity("e-mail of nobody", (n) => `q=nobody${n}%40example.com`),
    activity("phone", (n) => `q=%2B46701${String(100_000 + n)}`),
    activity("nothing", (n) => `q=nothing${n}`),
    activity("10,000 characters", () => `q=${"x".repeat(10_000)}`),
  ];
}
