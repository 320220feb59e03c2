// Prisjakt's Click and Conversion API: purchases that came by a click, and everything that can be read about them.
import { randomUUID } from "node:crypto";
import { openLedger } from "./ledger.ts";
import { DAY, HOUR, inSeconds, makeLimit } from "./limit.ts";
import { type Books, bodyOf, type Enter, PIXEL, problem, type Sent, type Stored } from "./prisjakt-books.ts";
import { batchShape, eventShape } from "./prisjakt-fields.ts";
import { readRoutes } from "./prisjakt-reads.ts";
import { shopRoutes } from "./prisjakt-shop.ts";
import {
  byRoute,
  type Call,
  header,
  keepingBooks,
  Refusal,
  type Reply,
  type Route,
  type Vendor,
  type World,
} from "./vendor.ts";

const DISABLED_PIXEL = "22222222-2222-4222-8222-222222222222";
const KEPT = 30 * DAY;

const newBooks = (): Books => ({
  clients: [
    { id: "sandbox-client", secret: "sandbox-client-secret", roles: ["shop_user"] },
    { id: "sandbox-publisher", secret: "sandbox-publisher-secret", roles: ["event_publisher"] },
    { id: "sandbox-admin", secret: "sandbox-admin-secret", roles: ["admin"] },
  ],
  pixels: [
    { id: PIXEL, enabled: true },
    { id: DISABLED_PIXEL, enabled: false },
  ],
  events: [],
});

export function prisjakt(world: World): Vendor {
  const ledger = openLedger(world.now);
  const limit = makeLimit(world, 10_000, HOUR);
  const books = newBooks();
  const byKey = new Map<string, Stored>();

  const enter: Enter = (call, roles, secret = true) => {
    // The newer guide asks for the pixel ID only where one event is created.
    const anybody = { id: "anybody", secret: "", roles: ["event_publisher"] };
    const given = header(call, "client-id");
    const client = given || secret ? books.clients.find((one) => one.id === given) : anybody;
    if (!client || (secret && client.secret !== header(call, "client-secret"))) {
      throw new Refusal(problem(401, "Unauthorized", "The client id or the client secret is not right"));
    }
    const verdict = limit(client.id);
    if (!verdict.allowed) {
      const headers = { "retry-after": String(inSeconds(verdict.wait)), "x-ratelimit-reset": String(verdict.wait) };
      throw new Refusal({ ...problem(429, "Too Many Requests", "The rate limit is exceeded"), headers });
    }
    if (roles.length && !roles.some((role) => client.roles.includes(role))) {
      throw new Refusal(problem(403, "Forbidden", `The client must have the role ${roles.join(" or ")}`));
    }
    return client;
  };
  const openPixel = (id: string) => {
    const pixel = books.pixels.find((one) => one.id === id.toLowerCase());
    if (!pixel) throw new Refusal(problem(404, "Not Found", "There is no such pixel"));
    if (!pixel.enabled) throw new Refusal(problem(403, "Forbidden", "The pixel is disabled"));
    return pixel.id;
  };
  const known = (pixel: string, event: Sent) => {
    const before = event.external_event_id ? byKey.get(`${pixel} ${event.external_event_id}`) : undefined;
    return before && world.now() - before.at < KEPT ? before : undefined;
  };
  function store(pixel: string, event: Sent): Stored {
    const stored = { ...event, id: randomUUID(), pixel, at: world.now() };
    books.events.push(stored);
    if (event.external_event_id) byKey.set(`${pixel} ${event.external_event_id}`, stored);
    return stored;
  }
  const facts = (pixel: string, { data }: Sent) => ({ pixel, amount: data.amount, currency: data.currency });
  // Without an id of its own the vendor cannot tell two events apart; neither can the ledger.
  const carry = (event: Sent) => ledger.carry("purchase", event.external_event_id ?? "without an id");

  function createOne(call: Call, [id = ""]: string[]): Reply {
    enter(call, ["shop_user", "event_publisher"], false);
    const pixel = openPixel(id);
    const event = bodyOf<Sent>(call, eventShape, "");
    const entry = carry(event);
    if (known(pixel, event)) {
      return problem(409, "Conflict", "An event with this external event ID exists within the last 30 days");
    }
    const stored = store(pixel, event);
    ledger.count(entry, facts(pixel, event));
    return { status: 201, json: { id: stored.id } };
  }
  function createMany(call: Call, [id = ""]: string[]): Reply {
    enter(call, ["shop_user"]);
    const pixel = openPixel(id);
    const events = bodyOf<Sent[]>(call, batchShape, "events");
    for (const event of events) {
      const before = known(pixel, event);
      const entry = carry(event);
      if (before) Object.assign(before, event);
      else store(pixel, event);
      ledger.keep(entry, facts(pixel, event));
    }
    return { status: 204 };
  }
  const routes: Route[] = [
    ["POST", /^\/pixels\/([^/]+)\/events$/, createOne],
    ["PATCH", /^\/pixels\/([^/]+)\/events$/, createMany],
    ...readRoutes(books, enter),
    ...shopRoutes(books, enter),
  ];
  const nowhere = problem(404, "Not Found", "There is nothing at this path");
  return keepingBooks(ledger, (call) => byRoute(routes, call) ?? nowhere);
}
