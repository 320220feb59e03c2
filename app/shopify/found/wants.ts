// What of a shop is worth looking for: what a connection of it takes, and since when.
import { statement } from "../../base/statement.ts";
import { readRules } from "../../delivery/connections/rules.ts";
import type { Road } from "../../delivery/road.ts";
import type { EventKind } from "../../events/event.ts";
import type { Resource } from "../retold/retell.ts";

export interface Want {
  /** Of what changed since; for what is older no connection was there. */
  since: Date;
  /** Nobody wants an order that was placed before `since`: no connection takes states. */
  placedSinceOnly: boolean;
}
export type Wants = Partial<Record<Resource, Want>>;

const CONNECTIONS = statement<{ destination: string; rules: unknown; since: Date }, [shop: string]>(
  "connections-to-look-for",
)`
  SELECT destination, rules, created_at AS since
  FROM connection
  WHERE shop = $1 AND state IN ('on', 'paused')`;

const IS_OF: Record<Resource, (kind: string) => boolean> = {
  orders: (kind) => kind.startsWith("order."),
  customers: (kind) => kind === "customer.saved",
  products: (kind) => kind === "product.saved",
};

export async function wantsOf(road: Pick<Road, "db" | "destinations">, shop: string): Promise<Wants> {
  const connections = (await road.db.query(CONNECTIONS, [shop])).map(({ destination, rules, since }) => ({
    since,
    takes: kindsTaken(road, destination, rules),
  }));
  const wants: Wants = {};
  for (const resource of ["orders", "customers", "products"] as const) {
    const some = connections.filter(({ takes }) => takes.some(IS_OF[resource]));
    if (some.length === 0) continue;
    const since = new Date(Math.min(...some.map((one) => one.since.getTime())));
    wants[resource] = { since, placedSinceOnly: !some.some(({ takes }) => takes.includes("order.updated")) };
  }
  return wants;
}

function kindsTaken({ destinations }: Pick<Road, "destinations">, slug: string, rules: unknown): EventKind[] {
  const sheet = destinations.find((one) => one.slug === slug);
  const { kindsOff } = readRules(rules);
  return (Object.keys(sheet?.on ?? {}) as EventKind[]).filter((kind) => !kindsOff.includes(kind));
}
