// What can become of deliveries, each at one vendor: between them they come to every state from every state that leads to it.
import { switchConnection } from "../../app/delivery/connections/switch-connection.ts";
import { attention } from "../../app/delivery/ledger/attention.ts";
import { replay } from "../../app/delivery/ledger/decide.ts";
import { BUYERS, type Buyer, PRODUCTS } from "../../sandbox/shop/catalogue.ts";
import {
  cartCreated,
  cartUpdated,
  customerUpdated,
  newBasket,
  newOrder,
  orderCreated,
  refundCreated,
} from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import { DAY, HOUR, type Trade } from "./trade.ts";

const turn = async ({ road }: Trade, state: "on" | "paused" | "off") => {
  const [row] = await road.db.query<{ id: string }>("SELECT id FROM connection");
  await switchConnection(road, SANDBOX_SHOP, row?.id ?? "", state);
};
export const order = (trip: Trade) => trip.take(orderCreated(trip.order()));
const replayAll = async ({ road }: Trade) => {
  for (const group of await attention(road, SANDBOX_SHOP)) await replay(road, SANDBOX_SHOP, group);
};
const reset = () => {
  throw new TypeError("fetch failed", { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) });
};

const [buyer] = BUYERS as [Buyer];
let seconds = 0;
/** The next state of one customer. */
const customer = (trip: Trade) => {
  seconds += 1;
  const { topic, payload } = customerUpdated({ ...buyer, email: `buyer${seconds}@example.com` });
  const at = new Date(trip.road.clock().getTime() + seconds * 1_000);
  return trip.take({ topic, payload: { ...(payload as object), updated_at: at.toISOString() } });
};

const linesOf = (place: number) =>
  PRODUCTS.slice(place, place + 1).flatMap((product) =>
    product.variants.slice(0, 1).map((variant) => ({ product, variant, quantity: 1 })),
  );

/** What can become of deliveries, each at one vendor. */
export const HISTORY: [string, Slug, (trip: Trade) => Promise<void>][] = [
  [
    "an order arrives, and a test order is left out",
    "tolinku",
    async (trip) => {
      await order(trip);
      await trip.take(orderCreated({ ...newOrder({}), test: true }));
      await trip.runToTheEnd();
    },
  ],
  [
    "a refund whose purchase comes too late is owed when it comes",
    "tolinku",
    async (trip) => {
      const bought = trip.order();
      await trip.take(refundCreated(bought));
      await trip.run();
      trip.forward(2 * HOUR);
      await trip.run();
      await trip.take(orderCreated(bought));
      await trip.runToTheEnd();
    },
  ],
  [
    "states wait in a pause while newer ones come, the last runs out, twice, and is followed by another",
    "shopimind",
    async (trip) => {
      await turn(trip, "paused");
      await customer(trip);
      await trip.run();
      await customer(trip);
      await customer(trip);
      await trip.run();
      trip.forward(4 * DAY);
      await trip.run();
      await replayAll(trip);
      trip.forward(4 * DAY);
      await trip.run();
      await customer(trip);
      await trip.run();
    },
  ],
  [
    "what was refused is sent again, refused again, and followed by a newer state",
    "shopimind",
    async (trip) => {
      const no = (init?: RequestInit) => init?.method === "POST" && String(init.body).includes("@example.com");
      trip.road.fetch = async (url, init) =>
        no(init)
          ? Response.json({ message: "400", rejected_items: [{ index: 0, error: "no" }] }, { status: 400 })
          : fetch(url, init);
      await customer(trip);
      await trip.runToTheEnd();
      await replayAll(trip);
      await trip.runToTheEnd();
      trip.road.fetch = fetch;
      await customer(trip);
      await trip.runToTheEnd();
    },
  ],
  [
    "what is in doubt is switched off, sent again, switched off again, and followed by a newer state",
    "shopimind",
    async (trip) => {
      trip.road.fetch = async (url, init) => (String(url).endsWith("/customers") ? reset() : fetch(url, init));
      await customer(trip);
      await trip.run();
      await turn(trip, "off");
      await turn(trip, "on");
      await replayAll(trip);
      await trip.run();
      await turn(trip, "off");
      await turn(trip, "on");
      await customer(trip);
      await trip.run();
    },
  ],
  [
    "what something in between refuses several times waits in a pause",
    "tolinku",
    async (trip) => {
      trip.road.fetch = async () => new Response(null, { status: 403 });
      for (let count = 0; count < 5; count += 1) await order(trip);
      await trip.run();
    },
  ],
  ...(["delivered", "in doubt", "refused in part"] as const).map((answer): (typeof HISTORY)[number] => [
    `a request is under way when the connection is switched off, and is answered: ${answer}`,
    "tolinku",
    async (trip) => {
      const basket = { ...newBasket(), lines: linesOf(0) };
      await trip.take(cartCreated(basket, trip.road.clock()));
      await trip.run();
      trip.road.fetch = async (url, init) => {
        await turn(trip, "off");
        if (answer === "in doubt") return reset();
        if (answer === "delivered") return fetch(url, init);
        return Response.json({ ok: true, accepted: 2, errors: ["events[1]: no"] });
      };
      // One line for another: two messages of one delivery.
      trip.forward(1_000);
      await trip.take(cartUpdated({ ...basket, lines: linesOf(1) }, trip.road.clock()));
      await trip.run();
    },
  ]),
];
