// What can happen in a shop, in our words: one union, the same for every source and every destination.

/** A decimal number as text, exactly as Shopify wrote it: "12.50", "1000". Never a float. */
export type Decimal = string;

/** ISO 8601 with a zone, as Shopify wrote it: "2026-11-21T09:30:00+01:00". */
export type Time = string;

/** Shopify's id as text; it may exceed 2^53. */
export type Id = string;

/** What a visitor allowed; null where nobody told us. */
export interface Consent {
  marketing: boolean | null;
  analytics: boolean | null;
}

/** A click that brought the visitor, kept by the theme embed after consent. `at` is when it was captured. */
export interface Click {
  id: string;
  at: Time | null;
}

/** How the visitor came: click ids by parameter name (pjclid, gclid, fbclid …) and utm facts by name without "utm_". */
export interface Source {
  clicks: Record<string, Click>;
  utm: Record<string, string>;
  landingPage: string | null;
  referrer: string | null;
}

/** Who it was, as far as known. `visitorId` stays the same from the first page view to the purchase. */
export interface Visitor {
  visitorId: string | null;
  /** Where the visitor id came from; "pseudonym" was made of the cart token or customer id, for want of a real one. */
  visitorFrom: "pixel" | "attribute" | "cart" | "customer" | "pseudonym" | null;
  consent: Consent;
}

export interface Address {
  id: Id | null;
  firstName: string | null;
  lastName: string | null;
  company: string | null;
  line1: string | null;
  line2: string | null;
  postalCode: string | null;
  city: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  phone: string | null;
}

export interface Customer {
  id: Id;
  email: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  /** Language as Shopify gives it ("en-US"), from the order or the shop where the customer has none. */
  locale: string | null;
  createdAt: Time | null;
  updatedAt: Time | null;
  /** "disabled" and "declined" are not active. */
  state: string | null;
  /** Is the customer known to want marketing e-mail? null: nobody said. `source` says who did. */
  emailConsent: { subscribed: boolean; source: "topic" | "order"; at: Time | null } | null;
  defaultAddress: Address | null;
}

/** A line of an order, cart or checkout. Amounts are in the currency of what holds it. */
export interface Item {
  lineId: string | null;
  /** null: a custom line, or the product was deleted. */
  productId: Id | null;
  variantId: Id | null;
  sku: string | null;
  title: string;
  variantTitle: string | null;
  vendor: string | null;
  quantity: number;
  /** Price of one piece before discounts. */
  price: Decimal;
  /** All discounts of the whole line. */
  discount: Decimal;
  /** All taxes of the whole line. */
  tax: Decimal;
  giftCard: boolean;
}

/** Amounts of an order or checkout in one currency. `total` is what the buyer pays, everything included. */
export interface Amounts {
  currency: string;
  total: Decimal;
  subtotal: Decimal;
  tax: Decimal;
  shipping: Decimal;
  discount: Decimal;
  tip: Decimal;
  duties: Decimal;
}

/** Where an order was made: the online shop or another web channel, the point of sale, an invoiced draft, a subscription's renewal. */
export type Channel = "web" | "mobile" | "draft" | "pos" | "subscription" | "other";

export interface Order extends Visitor {
  id: Id;
  /** "#1001" */
  name: string;
  /** When Shopify wrote it down. */
  createdAt: Time;
  /** When the buyer bought (processed_at): in the past for an imported order. */
  placedAt: Time;
  updatedAt: Time;
  cancelledAt: Time | null;
  /** In the shop's currency. */
  amounts: Amounts;
  /** In the buyer's currency, where that is another one and Shopify told it. */
  presentment: Amounts | null;
  taxesIncluded: boolean;
  items: Item[];
  /** pending, authorized, partially_paid, paid, partially_refunded, refunded, voided … */
  financialStatus: string | null;
  fulfillmentStatus: string | null;
  /** Was it ever paid in full? */
  paid: boolean;
  test: boolean;
  channel: Channel;
  cartToken: string | null;
  checkoutToken: string | null;
  customer: Customer | null;
  email: string | null;
  phone: string | null;
  acceptsMarketing: boolean | null;
  locale: string | null;
  discountCodes: string[];
  /** The first shipping line. */
  carrier: { code: string; title: string } | null;
  trackingNumber: string | null;
  shippingAddress: Address | null;
  billingAddress: Address | null;
  source: Source;
}

/** Money given back. `amounts.total` is the sum of the successful refund transactions, positive; "0" for a restock only. */
export interface Refund {
  id: Id;
  orderId: Id;
  createdAt: Time;
  currency: string | null;
  total: Decimal;
  /** What was taken back, with the refunded quantity. */
  items: Item[];
}

export interface Cart extends Visitor {
  token: string;
  updatedAt: Time | null;
  currency: string | null;
  items: Item[];
  source: Source;
}

export interface Checkout extends Visitor {
  token: string;
  cartToken: string | null;
  createdAt: Time;
  updatedAt: Time;
  amounts: Amounts;
  items: Item[];
  email: string | null;
  phone: string | null;
  customerId: Id | null;
  locale: string | null;
  discountCodes: string[];
  source: Source;
  /** Where the buyer can go on. */
  recoveryUrl: string | null;
}

export interface Variant {
  id: Id;
  title: string;
  sku: string | null;
  barcode: string | null;
  price: Decimal;
  compareAtPrice: Decimal | null;
  quantity: number | null;
  imageId: Id | null;
  position: number;
}

export interface Product {
  id: Id;
  title: string;
  descriptionHtml: string | null;
  handle: string | null;
  vendor: string | null;
  productType: string | null;
  /** active, draft or archived */
  status: string | null;
  createdAt: Time | null;
  updatedAt: Time | null;
  publishedAt: Time | null;
  tags: string[];
  variants: Variant[];
  images: { id: Id; url: string; position: number; variantIds: Id[] }[];
}

export interface Collection {
  id: Id;
  title: string;
  handle: string | null;
  descriptionHtml: string | null;
  publishedAt: Time | null;
  updatedAt: Time | null;
}

/** A page the web pixel saw. */
export interface Page extends Visitor {
  url: string;
  /** Path alone: "/" is the home page. */
  path: string;
  title: string | null;
  customerId: Id | null;
  source: Source;
}

/** Facts of the shop that some vendors need beside the event. */
export interface Shop {
  domain: string;
  currency: string;
  /** IANA: Europe/Berlin */
  timeZone: string;
  /** Two letters. */
  locale: string;
  primaryDomain: string;
}

interface Happening {
  /** What makes it the same happening, however often and by whichever webhook we hear of it: "purchase:450789469". One row for ever. */
  key: string;
  /** What it is about: "order:450789469". Deliveries about one subject go in order. */
  subject: string;
  /** When it happened. */
  occurredAt: Time;
  /** When Shopify said so (X-Shopify-Triggered-At, else updated_at). */
  saidAt: Time | null;
  /** When we heard of it. */
  heardAt: Time;
  /** For states: which of two is newer; compares as text. null for what is not a state. */
  version: string | null;
  /** The shop as it was then. */
  shop: Shop;
}

type Happened<Kind extends string, Facts> = Happening & { kind: Kind } & Facts;

/** The lines that grew or shrank against the last known cart, each with the difference as its quantity. */
interface CartDifference {
  cart: Cart;
  added: Item[];
  removed: Item[];
}

export type Event =
  | Happened<"order.placed", { order: Order }>
  | Happened<"order.paid", { order: Order; paidAt: Time }>
  | Happened<"order.updated", { order: Order }>
  | Happened<"order.cancelled", { order: Order }>
  | Happened<"order.refunded", { refund: Refund; order: Order | null }>
  | Happened<"cart.created", CartDifference>
  | Happened<"cart.changed", CartDifference>
  | Happened<"checkout.started", { checkout: Checkout }>
  | Happened<"checkout.contact_given", { checkout: Checkout }>
  | Happened<"checkout.payment_info_given", { checkout: Checkout }>
  | Happened<"checkout.abandoned", { checkout: Checkout }>
  | Happened<"customer.saved", { customer: Customer }>
  | Happened<"customer.deleted", { customerId: Id }>
  | Happened<"customer.merged", { customerId: Id; mergedId: Id }>
  | Happened<"customer.consent_changed", { customer: Customer }>
  | Happened<"product.saved", { product: Product }>
  | Happened<"product.deleted", { productId: Id }>
  | Happened<"collection.saved", { collection: Collection }>
  | Happened<"collection.deleted", { collectionId: Id }>
  | Happened<"page.viewed", { page: Page }>
  | Happened<"product.viewed", { page: Page; item: Item; currency: string }>
  | Happened<"collection.viewed", { page: Page; collection: { id: Id; title: string } }>
  | Happened<"cart.viewed", { page: Page; cart: Cart }>
  | Happened<"search.submitted", { page: Page; query: string }>;

export type EventKind = Event["kind"];
export type EventOf<Kind extends EventKind> = Extract<Event, { kind: Kind }>;
