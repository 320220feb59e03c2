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
  const email = await one(
    "SELECT data #>> '{order,email}' AS id FROM event WHERE kind = 'order.placed' AND data IS NOT NULL LIMIT 1",
  );
  const last = Number(await one("SELECT max(id) AS id FROM delivery"));
  const lastEvent = Number(await one("SELECT max(id) AS id FROM event"));
  const orders = Number(
    await one("SELECT count(*) AS id FROM event WHERE kind = 'order.placed' AND subject LIKE 'order:3000%'"),
  );
  /** A young one. */
  const nth = (n: number) => orders - n * 97;
  const activity = (name: string, search: (n: number) => string) =>
    page(`activity ${name}`, "app.activity", (n) => `/app/activity?${search(n)}`);
  const day = (n: number) => new Date(Date.now() - n * 86_400_000).toISOString().slice(0, 10);
  return [
    page("home", "app._index", () => "/app"),
    page("home, 90 orders", "app._index", () => "/app?orders=90"),
    page("attention", "app.attention", () => "/app/attention"),
    page(
      "attention group",
      "app.attention_.group",
      () => `/app/attention/group?connection=${tolinku}&state=refused&key=as_told`,
    ),
    page("destination", "app.$slug.($connectionId)", () => `/app/tolinku/${tolinku}`),
    page("backfill", "app.$slug.$connectionId.backfill", () => `/app/tolinku/${tolinku}/backfill`),
    page("accuracy", "app.accuracy._index", () => "/app/accuracy"),
    page("accuracy of one", "app.accuracy.$connectionId", () => `/app/accuracy/${tolinku}`),
    page("missed", "app.missed", () => "/app/missed"),
    page("privacy", "app.privacy", () => "/app/privacy"),
    page("settings", "app.settings", () => "/app/settings"),
    page("delivery", "app.deliveries.$id", (n) => `/app/deliveries/${last - n * 31}`),
    page("order", "app.orders.$id", (n) => `/app/orders/${orderOf(nth(n))}`),
    page("event", "app.events.$id", (n) => `/app/events/${lastEvent - n * 31}`),
    activity("all", () => ""),
    activity("of a day", (n) => `from=${day(n)}&to=${day(n)}`),
    activity("refused", () => "state=refused"),
    activity("skipped at one", () => `state=skipped&connection=${tolinku}`),
    activity("skipped for a reason", () => "state=skipped&reason=as_told"),
    activity("purchases delivered at one", () => `kind=order.placed&state=delivered&connection=${tolinku}`),
    activity("from far back", (n) => `after=${Date.now() - (n + 100) * 86_400_000}.1`),
    activity("order's name", (n) => `q=%23${nth(n)}`),
    activity("order's id", (n) => `q=${orderOf(nth(n))}`),
    activity("e-mail of thousands", () => `q=${encodeURIComponent(email)}`),
    activity("e-mail of nobody", (n) => `q=nobody${n}%40example.com`),
    activity("phone", (n) => `q=%2B46701${String(100_000 + n)}`),
    activity("nothing", (n) => `q=nothing${n}`),
    activity("10,000 characters", () => `q=${"x".repeat(10_000)}`),
  ];
}
