// What ShopiMind is told of an order: its newest state, whatever channel it came by.
import { less, perPiece, sum, times } from "../../events/decimal.ts";
import type { EventOf } from "../../events/event.ts";
import type { Customer, Item } from "../../events/facts.ts";
import type { Order } from "../../events/shopping.ts";
import { type Message, type Skip, skip } from "../destination.ts";
import { decimal, integer } from "../number.ts";
import { because as common } from "../reasons.ts";
import type * as of from "./entities.ts";
import { amount, instant, known, language } from "./forms.ts";
import { because } from "./reasons.ts";

const MOST_VOUCHERS = 256;

export function orderMessage(event: EventOf<"order.updated">): Message | Skip {
  const order = asItIs(event.order);
  if (order.test) return skip(common("test_order"));
  if (!order.customer) return skip(because("shopimind_no_customer"));
  const email = order.customer.email ?? order.email;
  if (!email) return skip(because("shopimind_no_email"));
  const products = order.items.flatMap((item) => productOf(item, order));
  if (products.length === 0) return skip(common("no_product"));
  const body = orderBody({ ...event, order }, order.customer, email, products);
  return { channel: "orders", id: order.id, body, userId: order.customer.id };
}

/** What is left of it. Of an order without products that are left these stay as they were bought, since ShopiMind requires one. */
const asItIs = (order: Order): Order => ({ ...order, ...order.left });

function orderBody(event: EventOf<"order.updated">, customer: Customer, email: string, products: of.OrderProduct[]) {
  const { order, shop } = event;
  const { amounts } = order;
  const body: of.Order = {
    order_id: order.id,
    lang: language(order.locale, shop),
    status_id: statusOf(order),
    customer: {
      customer_id: customer.id,
      email,
      created_at: instant(customer.createdAt, order.createdAt),
    },
    products,
    cart_id: order.cartToken || `order-${order.id}`,
    cart_updated_at: instant(order.createdAt),
    amount: amount(amounts.total),
    amount_without_tax: amount(less(amounts.total, amounts.tax)),
    ...shippingOf(order),
    currency: amounts.currency,
    is_confirmed: order.paid && order.cancelledAt === null,
    created_at: instant(order.placedAt),
    updated_at: instant(order.updatedAt),
    ...vouchersOf(order),
    ...known({
      reference: order.name,
      carrier_id: carrierOf(order)?.id,
      shipping_number: order.trackingNumber,
    }),
  };
  return body;
}

/** A line without a product would have ShopiMind reject the whole order, so it is left out, as is a line of nothing. */
function productOf(item: Item, order: Order): of.OrderProduct[] {
  if (!item.productId || item.quantity < 1) return [];
  const line = less(times(item.price, item.quantity), item.discount);
  const taxed = order.taxesIncluded ? line : sum(line, item.tax);
  const untaxed = order.taxesIncluded ? less(line, item.tax) : line;
  return [
    {
      product_id: integer(item.productId),
      quantity: item.quantity,
      price: decimal(perPiece(taxed, item.quantity)),
      price_without_tax: decimal(perPiece(untaxed, item.quantity)),
      ...(item.variantId ? { product_variation_id: integer(item.variantId) } : {}),
    },
  ];
}

/** With the shipping's own tax: what is told for the order only, or is left over by rounding or duties, is not its. */
function shippingOf(order: Order): Pick<of.Order, "shipping_costs" | "shipping_costs_without_tax"> {
  const { shipping, shippingTax = "0" } = order.amounts;
  return {
    shipping_costs: amount(order.taxesIncluded ? shipping : sum(shipping, shippingTax)),
    shipping_costs_without_tax: amount(order.taxesIncluded ? less(shipping, shippingTax) : shipping),
  };
}

/** One word for the state: what ends an order first, then how far it is sent, then how far it is paid. */
export function statusOf(order: Order): string {
  if (order.cancelledAt) return "cancelled";
  const { financialStatus: paid, fulfillmentStatus: sent } = order;
  if (paid === "refunded" || paid === "partially_refunded" || paid === "voided") return paid;
  if (sent === "fulfilled") return "fulfilled";
  if (sent === "partial") return "partially_fulfilled";
  return paid || "open";
}

export function carrierOf(order: Order): { id: string; name: string } | null {
  const id = order.carrier?.code || order.carrier?.title;
  return id ? { id, name: order.carrier?.title || id } : null;
}

/** ShopiMind's own codes first, whole codes only, at most 256 characters; and what these took off, as text. */
function vouchersOf({
  discountCodes,
  codesWorth = [],
  amounts,
}: Order): Pick<of.Order, "voucher_used" | "voucher_value"> {
  const codes = discountCodes.map((code, at) => ({ code, worth: codesWorth[at] ?? null }));
  const own = ({ code }: { code: string }) => /^SPM[-_]/.test(code);
  const told: typeof codes = [];
  for (const one of [...codes.filter(own), ...codes.filter((code) => !own(code))]) {
    if ([...told, one].map(({ code }) => code).join(",").length <= MOST_VOUCHERS) told.push(one);
  }
  if (told.length === 0) return {};
  const worths = told.flatMap(({ worth }) => worth ?? []);
  // Where a code does not say what it took off, the order's discounts are the best that is known.
  const worth = worths.length === told.length ? sum(...worths) : sum(amounts.discount, amounts.shippingDiscount ?? "0");
  return { voucher_used: told.map(({ code }) => code).join(","), voucher_value: worth };
}
