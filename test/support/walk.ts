// All pages of the app, with something on each: for whoever looks at every one of them.
import type { Page } from "playwright-core";
import { attention } from "../../app/delivery/ledger/attention.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import type { Admin } from "./admin.ts";

export interface Place {
  /** As its picture is called. */
  name: string;
  /** The file of app/routes that draws it. */
  route: string;
  path: string;
  /** One of several that look alike, or nothing to see. */
  unpictured?: true;
}

const ALIKE = { unpictured: true } as const;

/** Those that there are however little has happened. */
export const EMPTY: Place[] = [
  { name: "home", route: "app._index", path: "/app" },
  { name: "accuracy", route: "app.accuracy._index", path: "/app/accuracy" },
  { name: "activity", route: "app.activity", path: "/app/activity" },
  { name: "attention", route: "app.attention", path: "/app/attention" },
  { name: "missed", route: "app.missed", path: "/app/missed" },
  { name: "privacy", route: "app.privacy", path: "/app/privacy" },
  { name: "settings", route: "app.settings", path: "/app/settings" },
  { name: "destination-new", route: "app.$slug.($connectionId)", path: "/app/prisjakt/new", unpictured: true },
  { name: "no-page", route: "app.$", path: "/app/no/such/page", unpictured: true },
  { name: "login", route: "auth.login", path: "/auth/login", unpictured: true },
];

/** In a shop that has lived (test/support/lived.ts). */
export async function placesIn({ trip }: Pick<Admin, "trip">): Promise<Place[]> {
  const { db } = trip.database;
  const connections = await db.query<{ id: string; slug: string }>("SELECT id, destination AS slug FROM connection");
  const idOf = (slug: string) => connections.find((one) => one.slug === slug)?.id ?? "";
  const [refused = never("delivery is refused")] = await db.query<{ id: string }>(
    "SELECT id FROM delivery WHERE state = 'refused' LIMIT 1",
  );
  const [order = never("order is there")] = await db.query<{ id: string; event: string }>(
    "SELECT substr(subject, 7) AS id, id AS event FROM event WHERE kind = 'order.refunded' ORDER BY id LIMIT 1",
  );
  const [group = never("group needs a decision")] = await attention(trip.road, SANDBOX_SHOP);
  const chosen = new URLSearchParams({ connection: group.connectionId, state: group.state, key: group.key });
  const destination = "app.$slug.($connectionId)";
  const figures = (slug: string): Place => ({
    ...{ name: `figures-${slug}`, route: "app.$slug.$connectionId.figures" },
    ...{ path: `/app/${slug}/${idOf(slug)}/figures`, ...(slug === "tolinku" ? {} : ALIKE) },
  });
  return [
    ...EMPTY,
    ...connections.map(({ slug }) => ({
      ...{ name: `destination-${slug}`, route: destination, path: `/app/${slug}` },
      ...(slug === "tolinku" ? {} : ALIKE),
    })),
    { name: "attention-group", route: "app.attention_.group", path: `/app/attention/group?${chosen}` },
    { name: "order", route: "app.orders.$id", path: `/app/orders/${order.id}` },
    { name: "event", route: "app.events.$id", path: `/app/events/${order.event}` },
    { name: "delivery", route: "app.deliveries.$id", path: `/app/deliveries/${refused.id}` },
    {
      ...{ name: "accuracy-tolinku", route: "app.accuracy.$connectionId" },
      path: `/app/accuracy/${idOf("tolinku")}`,
    },
    figures("tolinku"),
    figures("prisjakt"),
    {
      name: "backfill",
      route: "app.$slug.$connectionId.backfill",
      path: `/app/shopimind/${idOf("shopimind")}/backfill`,
    },
  ];
}

/** Its address, as Shopify opens it in a language. */
export const pathIn = ({ path }: Pick<Place, "path">, language: string) =>
  `${path}${path.includes("?") ? "&" : "?"}locale=${language}`;

const never = (what: string): never => {
  throw new Error(`no ${what}: the shop has not lived`);
};

/** Until what is fetched when the page is there has come, such as what a vendor says. */
export const settled = (page: Page) => page.waitForFunction(() => !document.querySelector('[class*="Skeleton"]'));
