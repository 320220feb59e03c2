// All pages of the app, with something on each: for whoever looks at every one of them.
import type { Admin } from "./admin.ts";

export interface Place {
  /** As its picture is called. */
  name: string;
  /** The file of app/routes that draws it. */
  route: string;
  path: string;
  /** What a vendor says is fetched when the page is there. */
  asks?: boolean;
}

/** Those that there are however little has happened. */
export const EMPTY: Place[] = [
  { name: "home", route: "app._index", path: "/app" },
  { name: "accuracy", route: "app.accuracy._index", path: "/app/accuracy" },
  { name: "attention", route: "app.attention", path: "/app/attention" },
  { name: "missed", route: "app.missed", path: "/app/missed" },
  { name: "privacy", route: "app.privacy", path: "/app/privacy" },
  { name: "settings", route: "app.settings", path: "/app/settings" },
  { name: "destination-new", route: "app.$slug.($connectionId)", path: "/app/prisjakt/new" },
  { name: "no-page", route: "app.$", path: "/app/no/such/page" },
  { name: "login", route: "auth.login", path: "/auth/login" },
];

/** In a shop that has lived (test/support/lived.ts). */
export async function placesIn({ trip }: Pick<Admin, "trip">): Promise<Place[]> {
  const { db } = trip.database;
  const connections = await db.query<{ id: string; slug: string }>("SELECT id, destination AS slug FROM connection");
  const idOf = (slug: string) => connections.find((one) => one.slug === slug)?.id ?? "";
  const [refused] = await db.query<{ id: string }>("SELECT id FROM delivery WHERE state = 'refused' LIMIT 1");
  const destination = "app.$slug.($connectionId)";
  const figures = (slug: string) => ({
    ...{ name: `figures-${slug}`, route: "app.$slug.$connectionId.figures", asks: true },
    path: `/app/${slug}/${idOf(slug)}/figures`,
  });
  return [
    ...EMPTY,
    ...connections.map(({ slug }) => ({ name: `destination-${slug}`, route: destination, path: `/app/${slug}` })),
    { name: "delivery", route: "app.deliveries.$id", path: `/app/deliveries/${refused?.id}` },
    {
      ...{ name: "accuracy-tolinku", route: "app.accuracy.$connectionId", asks: true },
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
