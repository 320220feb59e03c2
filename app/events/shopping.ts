// What buyers do, as far as Shopify tells it: orders, refunds, carts, checkouts, and pages that were seen.
import type { Address, Amounts, Customer, Decimal, Id, Item, Source, Time, Visitor } from "./facts.ts";

/** Where an order was made (source_name): "web" the online shop, "mobile" Shopify's apps for phones, "draft" an invoice that staff wrote, "pos" the till, "subscription" a renewal, "marketplace" one that we know by name; "other" another app's channel, or not told. */
export type Channel = "web" | "mobile" | "draft" | "pos" | "subscription" | "marketplace" | "other";

/** An order as one webhook told it, with the person and the visitor as they were known then. */
export interface Order extends Visitor {
  id: Id;
  /** "#1001" */
  name: string;
  /** When Shopify wrote it down. */
  createdAt: Time;
  /** When the buyer bought (processed_at): in the past for an imported order. */
  placedAt: Time;
  updatedAt: Time;
  /** null: not cancelled. */
  cancelledAt: Time | null;
  /** As bought, in the shop's currency: the total is what is left of it now and what was paid back since. */
  amounts: Amounts;
  /** In the buyer's currency, where that is another one and Shopify told it. */
  presentment: Amounts | null;
  /** Do the prices of the items include the tax? */
  taxesIncluded: boolean;
  /** As bought: what was paid back later is among them, what an edit took out is not. */
  items: Item[];
  /** What is left of it now: after edits, refunds and a cancellation. Where no product is left, the items stay as they were bought, or ordered. Absent: all of it. */
  left?: { amounts: Amounts; items: Item[] };
  /** pending, authorized, partially_paid, paid, partially_refunded, refunded, voided … */
  financialStatus: string | null;
  /** fulfilled, partial, restocked; null: nothing was sent yet */
  fulfillmentStatus: string | null;
  /** Was it ever paid in full? */
  paid: boolean;
  /** Made with a test gateway: no event of it goes to a vendor. */
  test: boolean;
  channel: Channel;
  /** The channel in Shopify's own words (source_name, else the app's number). null: not told. */
  sourceName: string | null;
  /** The merchant's own words for it. Absent: it has none, or nobody told. */
  tags?: string[];
  /** Is it known of the buyer that they were in the shop: a cart or checkout, a landing page, a browser? null: not told. */
  cameBy: boolean | null;
  /** null for orders without a cart: drafts, the till, some quick buys. */
  cartToken: string | null;
  /** Joins the order to the checkout and to the pixel's visitor. */
  checkoutToken: string | null;
  /** null: a guest without a customer record. */
  customer: Customer | null;
  /** Of the order, else of its customer. */
  email: string | null;
  /** Of the order, else of its customer or an address of either. */
  phone: string | null;
  /** Did the buyer tick the box for marketing in this checkout? */
  acceptsMarketing: boolean | null;
  /** The buyer's language: "en", "pt-BR". */
  locale: string | null;
  /** The codes that took effect. */
  discountCodes: string[];
  /** What each of them took off, in their order, in the shop's currency; null: not told. Absent: of none it is. */
  codesWorth?: (Decimal | null)[];
  /** The first shipping line that was not removed. */
  carrier: { code: string; title: string } | null;
  /** Of the first parcel that has one. */
  trackingNumber: string | null;
  shippingAddress: Address | null;
  billingAddress: Address | null;
  source: Source;
}

/** Money given back: what the successful refund transactions come to. */
export interface Refund {
  id: Id;
  orderId: Id;
  createdAt: Time;
  /** The shop's, where the refund tells it exactly; else that of the transactions, which may be the buyer's. null where these name none. */
  currency: string | null;
  /** Above 0. */
  total: Decimal;
  /** What went back in other currencies beside it. Absent: nothing. */
  others?: { currency: string; total: Decimal }[];
  /** What was taken back, with the refunded quantity. Prices are in the shop's currency. */
  items: Item[];
}

/** The cart as it was after the change. */
export interface Cart extends Visitor {
  token: string;
  updatedAt: Time | null;
  /** null where neither the cart nor an earlier one of the same token tells it. */
  currency: string | null;
  /** Lines of the same variant and properties are one. */
  items: Item[];
  source: Source;
}

/** A checkout, before it becomes an order. */
export interface Checkout extends Visitor {
  token: string;
  cartToken: string | null;
  /** When it was started; where Shopify's own time is unreadable, the first known time of it. */
  createdAt: Time;
  updatedAt: Time;
  /** When it became an order; null or absent: it did not, as far as is known. */
  completedAt?: Time | null;
  /** In the buyer's currency. */
  amounts: Amounts;
  items: Item[];
  /** Of the checkout, else of its customer. */
  email: string | null;
  /** Of the checkout, else of its customer or an address of either. */
  phone: string | null;
  /** null: a guest, as far as is known. */
  customerId: Id | null;
  locale: string | null;
  discountCodes: string[];
  source: Source;
  /** Where the buyer can go on. */
  recoveryUrl: string | null;
}

/** A page the web pixel saw. */
export interface Page extends Visitor {
  /** Whole address, http or https. */
  url: string;
  /** Path alone: "/" is the home page. */
  path: string;
  title: string | null;
  /** null: not signed in. */
  customerId: Id | null;
  /** What the page's own address says of how the visitor came. */
  source: Source;
}

/** The two moments at which an order may be told as a purchase. */
export type Purchase = "placed" | "paid";

/** Against which purchase; absent: both, which come to the same. */
export interface Against {
  against?: Purchase;
}
