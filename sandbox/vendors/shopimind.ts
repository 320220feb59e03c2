// ShopiMind's core API: customers, orders and the catalogue by upsert, external events, custom data, and reads.
import { openLedger } from "./ledger.ts";
import { inSeconds, MINUTE, makeLimit } from "./limit.ts";
import { no, openBooks } from "./shopimind-books.ts";
import { bulkRoutes } from "./shopimind-bulk.ts";
import { customRoutes } from "./shopimind-custom.ts";
import { eventRoutes } from "./shopimind-events.ts";
import { connectorRoutes, listRoutes } from "./shopimind-lists.ts";
import { readRoutes } from "./shopimind-reads.ts";
import { byRoute, type Call, header, keepingBooks, Refusal, type Vendor, type World } from "./vendor.ts";

const KEYS = ["sandbox-shopimind-key-0001"];
const KEYS_WITHOUT_PERMISSION = ["sandbox-shopimind-key-0002"];

export function shopimind(world: World): Vendor {
  const ledger = openLedger(world.now);
  const limit = makeLimit(world, 600, MINUTE);
  const books = openBooks(world, ledger);
  const routes = [
    ...eventRoutes(books),
    ...customRoutes(books),
    ...listRoutes(books),
    ...connectorRoutes(books),
    ...readRoutes(books),
    ...bulkRoutes(books),
  ];

  function enter(call: Call): void {
    const key = header(call, "spm-api-key");
    if (KEYS_WITHOUT_PERMISSION.includes(key)) {
      throw new Refusal(no(403, "Access denied: the API key does not have permission for this operation"));
    }
    if (!KEYS.includes(key)) throw new Refusal(no(401, "Missing or invalid authentication"));
    const verdict = limit(key);
    if (verdict.allowed) return;
    const headers = { "retry-after": String(inSeconds(verdict.wait)) };
    throw new Refusal({ ...no(429, "Rate limit reached"), headers });
  }
  return keepingBooks(ledger, (call) => {
    enter(call);
    return byRoute(routes, call) ?? no(404, "Resource not found");
  });
}
