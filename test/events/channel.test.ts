// Where an order was made, and whether its buyer was in the shop.
import { expect, test } from "vitest";
import { order } from "../support/payloads.ts";
import { Books } from "../support/readings.ts";

function placed(over: Record<string, unknown>) {
  const books = new Books();
  books.hear({ topic: "orders/create", body: order(over) });
  const [event] = books.of("order.placed");
  if (!event) throw new Error("no order was placed");
  return event;
}

test("an order's channel is told by its source", () => {
  const channel = (source_name: unknown) => placed({ source_name }).order.channel;
  expect(channel("web")).toBe("web");
  expect(channel("iphone")).toBe("mobile");
  expect(channel("shopify_draft_order")).toBe("draft");
  expect(channel("pos")).toBe("pos");
  expect(channel("129785")).toBe("pos");
  expect(channel("Amazon-US")).toBe("marketplace");
  expect(channel("subscription_contract_checkout_one")).toBe("subscription");
  expect(channel("755357713")).toBe("other");
  expect(channel(null)).toBe("other");
});

test("of Recharge's orders the one with its tag of a first order is no renewal", () => {
  const channel = (tags: string) => placed({ source_name: "294517", tags }).order.channel;
  expect(channel("Subscription, Subscription First Order")).toBe("other");
  expect(channel("Subscription")).toBe("subscription");
});

test("an order came by the shop where it has any trace of its buyer there", () => {
  const none = { cart_token: null, checkout_token: null, landing_site: null, client_details: null };
  const cameBy = (over: Record<string, unknown>) => placed({ ...none, ...over }).order.cameBy;
  expect(cameBy({})).toBe(false);
  expect(cameBy({ landing_site: "/" })).toBe(true);
  expect(cameBy({ client_details: { user_agent: "Mozilla/5.0" } })).toBe(true);
});
