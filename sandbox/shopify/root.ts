// What can be asked of the sandbox's shop by GraphQL, at the root of a question.
import { GraphQLError } from "graphql";
import { connection, found, type Node, type Paging } from "./connection.ts";
import { mayRead, type World } from "./house.ts";
import type { Links } from "./links.ts";
import type { Memory, Payload } from "./memory.ts";
import { named } from "./nodes.ts";
import { orderNode } from "./order-node.ts";
import { customerNode, productNode, variantNode } from "./people-nodes.ts";

const DAY = 24 * 3_600_000;
/** Without `read_all_orders` older ones are not seen. */
const SEEN_FOR = 60 * DAY;
const NUMBER_AT_END = /(\d+)$/;

/** @param bulk lists come whole, as in a bulk operation. */
export function openRoot(world: World, memory: Memory, bulk = false): Node {
  const knownUntil = () => world.now() - world.indexLag;
  const isSeen = (order: Payload) =>
    mayRead(world, "read_all_orders") || Date.parse(order.created_at) > world.now() - SEEN_FOR;
  const links: Links = {
    bulk,
    customer: (id) => at(memory.customers, id, toCustomer),
    product: (id) => at(memory.products, id, (product) => productNode(product, bulk)),
    variant: (id) => {
      for (const { payload } of memory.products.values()) {
        const variant = payload.variants.find((one: Payload) => one.id === id);
        if (variant) return variantNode(variant, payload, bulk);
      }
      return null;
    },
  };
  const toOrder = (order: Payload) => orderNode(order, links);
  const ordersOf = (orders: Payload[], paging: Paging) => connection(orders.filter(isSeen), toOrder, paging, bulk);
  function toCustomer(customer: Payload): Node {
    return customerNode(customer, memory, ordersOf, bulk);
  }
  const toRefund = (number: unknown): Node | null => {
    for (const { payload } of memory.orders.values()) {
      const refunds = payload.refunds.some(({ id }: Payload) => String(id) === number) && isSeen(payload);
      if (refunds)
        return toOrder(payload)
          .refunds({})
          .find(({ id }: Node) => id.endsWith(`/${number}`));
    }
    return null;
  };
  const orders = (paging: Paging) => found(memory.orders.values(), paging, knownUntil()).filter(isSeen);
  const customers = (paging: Paging) => found(memory.customers.values(), paging, knownUntil());
  const products = (paging: Paging) => found(memory.products.values(), paging, knownUntil());
  const count = (of: (paging: Paging) => unknown[]) => (paging: Paging) => ({
    __typename: "Count",
    ...{ count: of(paging).length, precision: "EXACT" },
  });
  const node = ({ id }: { id: string }): Node | null => {
    const [, type, number] = /^gid:\/\/shopify\/(\w+)\/(\d+)$/.exec(id) ?? [];
    if (!type)
      throw new GraphQLError(`Invalid global id '${id}'`, { extensions: { code: "argumentLiteralsIncompatible" } });
    if (type === "Order") return at(memory.orders, number, (order) => (isSeen(order) ? toOrder(order) : null));
    if (type === "Customer") return links.customer(number);
    if (type === "Refund") return toRefund(number);
    if (type === "Product") return links.product(number);
    return type === "ProductVariant" ? links.variant(Number(number)) : null;
  };
  return {
    shop: shopNode(world),
    shopLocales: [{ locale: "de", name: "German", primary: true, published: true }],
    ...{ node, nodes: ({ ids }: { ids: string[] }) => ids.map((id) => node({ id })) },
    ...{ order: node, customer: node, product: node, productVariant: node, refund: node },
    orders: (paging: Paging) => connection(orders(paging), toOrder, paging, bulk),
    customers: (paging: Paging) => connection(customers(paging), toCustomer, paging, bulk),
    products: (paging: Paging) => connection(products(paging), (one) => productNode(one, bulk), paging, bulk),
    ...{ ordersCount: count(orders), customersCount: count(customers), productsCount: count(products) },
    collections: (paging: Paging) => connection([], (one: Node) => one, paging, bulk),
    abandonedCheckouts: (paging: Paging) => connection([], (one: Node) => one, paging, bulk),
    currentAppInstallation: {
      __typename: "AppInstallation",
      id: "gid://shopify/AppInstallation/1",
      accessScopes: [...world.granted].map((handle) => ({ __typename: "AccessScope", handle, description: handle })),
    },
  };
}

function at<Made>(all: Memory["orders"], id: unknown, make: (payload: Payload) => Made): Made | null {
  const kept = all.get(NUMBER_AT_END.exec(String(id))?.[1] ?? "");
  return kept ? make(kept.payload) : null;
}

const shopNode = ({ shop }: World): Node =>
  named("Shop", 70_800_000_001, {
    ...{ name: "Sandbox shop", email: "owner@example.com", contactEmail: "owner@example.com", myshopifyDomain: shop },
    ...{ currencyCode: "EUR", ianaTimezone: "Europe/Berlin", timezoneAbbreviation: "CET", taxesIncluded: true },
    ...{ primaryDomain: { host: shop, url: `https://${shop}` }, url: `https://${shop}` },
    plan: { displayName: "Sandbox", publicDisplayName: "Sandbox", partnerDevelopment: true, shopifyPlus: false },
    ...{ setupRequired: false, weightUnit: "KILOGRAMS", unitSystem: "METRIC_SYSTEM" },
  });
