// What each vendor says to a request, by its documents: single or batch, always a yes. Both sides of a measurement get the same.

export interface Reply {
  status: number;
  json: object;
  /** How many events, orders or customers it carried. */
  events: number;
  /** The orders that it told of. */
  orders: () => string[];
}
type Vendor = (path: string, said: unknown) => Omit<Reply, "orders" | "events"> & { told: unknown[] };

interface Told {
  eventId?: string;
  transaction_id?: string;
  external_event_id?: string;
  order_id?: string;
  metadata?: { orderId?: string };
}

const VENDORS: Record<string, Vendor> = {
  shopipixel(_path, said) {
    const results = (all: unknown[]) => all.map((one) => ({ success: true, eventId: (one as Told).eventId }));
    if (!Array.isArray(said)) return { status: 200, json: results([said])[0] ?? {}, told: [said] };
    return { status: 200, json: { success: true, results: results(said) }, told: said };
  },
  alana(_path, said) {
    const told = listIn(said, "events");
    return { status: 200, json: { status: "ok", stored: told.length, errors: 0 }, told };
  },
  prisjakt: (_path, said) => ({ status: 201, json: {}, told: [said] }),
  tolinku(path, said) {
    if (path.endsWith("/track")) return { status: 200, json: { ok: true }, told: [said] };
    const told = listIn(said, "events");
    return { status: 200, json: { ok: true, accepted: told.length }, told };
  },
  shopimind(path, said) {
    if (path === "/v1/data-sources") return { status: 200, json: { statusCode: 200, data: [] }, told: [] };
    const told = Array.isArray(said) ? said : [];
    const counts = { sent_count: told.length, rejected_count: 0, rejected_items: [] };
    return { status: 200, json: { statusCode: 200, ...counts }, told };
  },
};

const listIn = (said: unknown, name: string): unknown[] => (said as Record<string, unknown[]>)?.[name] ?? [];

export function answerTo(slug: string, method: string, path: string, body: string): Reply {
  const vendor = VENDORS[slug];
  if (!vendor) return { status: 404, json: { error: "no such vendor" }, events: 0, orders: () => [] };
  const { told, ...reply } = vendor(path, method === "GET" ? null : JSON.parse(body));
  return { ...reply, events: told.length, orders: () => told.flatMap((one) => orderOf(one as Told)) };
}

function orderOf(told: Told): string[] {
  const id = told.eventId ?? told.transaction_id ?? told.external_event_id ?? told.order_id ?? told.metadata?.orderId;
  return id === undefined ? [] : [String(id).replace(/^purchase_/, "")];
}
