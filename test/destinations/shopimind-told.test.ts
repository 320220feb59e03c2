// What ShopiMind is told of Shopify's own words: accounts without a login, stock that is not counted, and addresses.
import { expect, test } from "vitest";
import type { Message } from "../../app/destinations/destination.ts";
import shopimind from "../../app/destinations/shopimind/index.ts";
import type { EventKind } from "../../app/events/event.ts";
import { address, consent, customer, order, product } from "../support/payloads.ts";
import { Books, type Sent } from "../support/readings.ts";

type Body = Record<string, unknown>;
const settings = { apiKey: "example-shopimind-key-0001", triggers: "off", dataSource: "" };

/** Bodies of what the newest state about the subject says on a channel. */
function told(subject: string, channel: string, ...heard: Sent[]): Body[] {
  const books = new Books();
  for (const sent of heard) books.hear(sent);
  const event = books.newest(subject);
  const say = shopimind.on[event?.kind as EventKind] as (event: unknown, settings: object) => Message[] | Message;
  return [say(event, settings)]
    .flat()
    .flatMap((message) => (message.channel === channel ? [JSON.parse(JSON.stringify(message.body)) as Body] : []));
}
const ofCustomer = (channel: string, ...heard: Sent[]) => told("customer:7001", channel, ...heard);

test.each(["disabled", "declined", "invited", "enabled", null])("a customer whose account is %s is active", (state) => {
  const sent = { topic: "customers/update", body: customer({ state }) };
  expect(ofCustomer("customers", sent)).toMatchObject([{ customer_id: "7001", is_active: true }]);
});

const stockOf = (...variants: Body[]) => {
  const [{ variants: [whole] = [] }] = [product() as { variants?: Body[] }];
  const body = product({ variants: variants.map((one, at) => ({ ...whole, id: 601 + at, ...one })) });
  const sent = { topic: "products/update", body };
  return ["products", "variations"].flatMap((channel) =>
    told("product:501", channel, sent).map(({ quantity_remaining }) => quantity_remaining),
  );
};

test("what is not tracked, or may be oversold, is never told as sold out; fields that are missing mean tracked", () => {
  const inventory_quantity = 0;
  expect(stockOf({ inventory_quantity })).toEqual([0, 0]);
  const tracked = { inventory_quantity, inventory_management: "shopify", inventory_policy: "deny" };
  expect(stockOf(tracked)).toEqual([0, 0]);
  const [untracked, oversold] = [{ inventory_management: null }, { inventory_policy: "continue" }];
  expect(stockOf({ ...tracked, ...untracked }, { ...tracked, ...oversold }, tracked)).toEqual([2, 1, 1, 0]);
  expect(stockOf({ ...tracked, ...oversold, inventory_quantity: 7 })).toEqual([7, 7]);
});

const HARBOUR = address({ id: 8102, address1: "Hafenstr. 1", default: false });
const whole = { topic: "customers/create", body: customer({ addresses: [HARBOUR, address()] }) };
const streets = (...heard: Sent[]) =>
  ofCustomer("addresses", ...heard).map(({ address_id, address_line_1 }) => `${address_id} ${address_line_1}`);

test("all addresses of a customer are told, the default one first", () => {
  expect(streets(whole)).toEqual(["8101 Lindenstraße 12", "8102 Hafenstr. 1"]);
});

test("an order and a word on consent, which tell the default address at most, do not lose the others", () => {
  const updated_at = "2026-11-21T18:00:00+01:00";
  const moved = customer({ updated_at, addresses: undefined, default_address: address({ address1: "Am Markt 3" }) });
  const bought = { topic: "orders/create", body: order({ customer: moved }) };
  const said = { topic: "customers_email_marketing_consent/update", body: consent("subscribed", updated_at) };
  expect(streets(whole, bought, said)).toEqual(["8101 Am Markt 3", "8102 Hafenstr. 1"]);
  expect(streets(bought, whole)).toEqual(["8101 Am Markt 3", "8102 Hafenstr. 1"]);
});

test("an address that is deleted is told no more, and of a great many the first fifty are kept", () => {
  const updated_at = "2026-11-21T18:00:00+01:00";
  const many = Array.from({ length: 70 }, (_, at) => address({ id: 8101 + at }));
  const fewer = { topic: "customers/update", body: customer({ updated_at, addresses: [address()] }) };
  expect(streets(whole, fewer)).toEqual(["8101 Lindenstraße 12"]);
  const body = customer({ addresses: many });
  expect(streets({ topic: "customers/create", body })).toHaveLength(50);
  const books = new Books();
  books.hear({ topic: "customers/create", body });
  expect(books.of("customer.saved")[0]?.customer.addresses).toHaveLength(50);
});
