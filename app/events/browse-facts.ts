// Carts and products as Shopify's standard pixel events have them.
import { lastCheckout } from "./checkout-memory.ts";
import type { Event } from "./event.ts";
import type { Item, Time } from "./facts.ts";
import { count, currency, decimal, field, id, object, objects, shortText } from "./fields.ts";
import type { Fields } from "./json.ts";
import { subjectOf } from "./keys.ts";
import { pictureAt } from "./product.ts";
import type { Heard, Known } from "./reading.ts";
import type { Cart, Page } from "./shopping.ts";
import { frame } from "./version.ts";
import type { Tokens } from "./visitor.ts";
import { variantName } from "./wares.ts";

/** One event of the pixel; `data` is as Shopify's standard event has it. */
export interface Seen {
  id: string;
  name: string;
  at: Time;
  page: Page;
  tokens: Tokens;
  data: Fields | null;
}

/** A product variant as the standard events have it. */
export function wareOf(variant: Fields | null, quantity: number): Item | null {
  const product = object(variant, "product");
  const price = decimal(object(variant, "price"), "amount");
  if (!price) return null;
  const category = shortText(field(product, "type"), 255);
  const image = pictureAt(shortText(field(object(variant, "image"), "src"), 2048));
  return {
    lineId: null,
    productId: id(product, "id"),
    variantId: id(variant, "id"),
    sku: shortText(field(variant, "sku"), 255),
    title: shortText(field(product, "title"), 300) ?? "",
    variantTitle: variantName(shortText(field(variant, "title"), 300)),
    vendor: shortText(field(product, "vendor"), 255),
    ...(category ? { category } : {}),
    ...(image && /^https:/.test(image) ? { image } : {}),
    quantity,
    price,
    discount: "0",
    tax: "0",
    giftCard: false,
  };
}

/** The cart that was looked at; null where it has no token (an empty cart may have none). */
export function cartOf(seen: Seen): Cart | null {
  const cart = object(seen.data, "cart");
  const { visitorId, visitorFrom, consent, source } = seen.page;
  if (!cart || !seen.tokens.cart) return null;
  const lines = objects(cart, "lines").flatMap((line) => {
    const quantity = count(line, "quantity");
    return (quantity && wareOf(object(line, "merchandise"), quantity)) || [];
  });
  const code = currency(object(object(cart, "cost"), "totalAmount"), "currencyCode");
  return {
    visitorId,
    visitorFrom,
    consent,
    source,
    token: seen.tokens.cart,
    updatedAt: seen.at,
    currency: code,
    items: lines,
  };
}

/** The pixel says that a buyer gave payment facts; what is in the checkout is only believed from the checkout's webhooks. */
export function paymentGiven(seen: Seen, known: Known, heard: Heard): Event | null {
  const token = seen.tokens.checkout;
  const last = token ? lastCheckout(token, known) : null;
  if (!last) return null;
  const { visitorId, visitorFrom, consent, signedInAs } = seen.page;
  return {
    kind: "checkout.payment_info_given",
    key: `payment:${last.token}`,
    subject: subjectOf("checkout", last.token),
    occurredAt: seen.at,
    version: null,
    ...frame(heard, seen.at),
    checkout: { ...last, visitorId, visitorFrom, consent, ...(signedInAs ? { signedInAs } : {}) },
  };
}
