// What a connection is owed: from the second of its birth on, and by the rules for which orders count.
import { expect, test } from "vitest";
import { type Rules, readRules } from "../../app/delivery/connections/rules.ts";
import { owe } from "../../app/delivery/normalize/owe.ts";
import { told } from "../../app/delivery/reasons.ts";
import { destinationOf } from "../support/destination-of.ts";
import { type Body, order } from "../support/payloads.ts";
import { Books } from "../support/readings.ts";

const LONG_AGO = new Date("2020-01-01T00:00:00Z");

/** Why the purchase of this order is skipped; null: it is owed. */
function skipped(body: Body, rules: Partial<Rules> = {}, since = LONG_AGO) {
  const sheet = destinationOf("tolinku");
  const books = new Books();
  books.hear({ topic: "orders/create", body: order(body) });
  const [event] = books.of("order.placed");
  if (!sheet || !event) throw new Error("no purchase");
  const to = { id: "1", destination: "tolinku", account: "a", since, rules: readRules(rules) };
  return owe(event, sheet, { ...to, consentGiven: true, pixelOn: false })?.skip ?? null;
}
const why = (body: Body, rules: Partial<Rules>) => {
  const reason = skipped(body, rules);
  return reason && told({ destinations: [] }, reason);
};

test("a purchase counts that was placed in the second in which the connection was made, and none of the second before", () => {
  const placed = { processed_at: "2026-11-20T18:00:00+01:00" };
  expect(skipped(placed, {}, new Date("2026-11-20T17:00:00.999Z"))).toBeNull();
  expect(skipped(placed, {}, new Date("2026-11-20T17:00:01.000Z"))).toMatchObject({ code: "before_connection" });
});

test("orders of the online shop and of staff's invoices can be left out, each by its own switch", () => {
  const [online, draft] = [{ source_name: "web" }, { source_name: "shopify_draft_order" }];
  expect(why(online, { countOnline: false })).toBe("an order of the online shop, which does not count here");
  expect(why(draft, { countOnline: false })).toBeNull();
  expect(why(draft, { countDrafts: false })).toBe("an order that staff wrote, which does not count here");
  expect(why(online, { countDrafts: false })).toBeNull();
  // Staff's orders by a phone are a channel of others, with a switch of its own.
  const phone = {
    source_name: "iphone",
    cart_token: null,
    checkout_token: null,
    landing_site: null,
    client_details: {},
  };
  expect(why(phone, { countOnline: false, channels: ["iphone"] })).toBeNull();
});

test("orders count by their tags: only with one of some, and never with one of others, in whatever case", () => {
  const rules = { onlyTags: ["VIP", "Club"], exceptTags: ["wholesale"] };
  expect(why({ tags: "" }, rules)).toBe("an order with none of the tags that count here (VIP, Club)");
  expect(why({ tags: "first, vip" }, rules)).toBeNull();
  expect(why({ tags: ["Club", "other"] }, rules)).toBeNull();
  expect(why({ tags: "VIP, Wholesale" }, rules)).toBe("an order with the tag Wholesale, which does not count here");
  expect(why({ tags: "VIPs" }, { onlyTags: ["VIP"] })).not.toBeNull();
  expect(why({ tags: "anything" }, {})).toBeNull();
});
