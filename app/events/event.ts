// What can happen in a shop, in our words: one union, the same for every source and every destination.

/** A decimal number as text, exactly as Shopify wrote it: "12.50", "1000". Never a float. */
export type Decimal = string;

/** ISO 8601 with a zone, as Shopify wrote it: "2026-11-21T09:30:00+01:00". */
export type Time = string;

/** Shopify's id as text; it may exceed 2^53. */
export type Id = string;

/** What a visitor allowed; null where nobody told us. */
export interface Consent {
  /** Advertising, conversion tracking, click ids. */
  marketing: boolean | null;
  /** Measuring what visitors do. */
  analytics: boolean | null;
}

/** A click that brought the visitor, kept by the theme embed after consent. `at` is when it was captured. */
export interface Click {
  /** As it stood in the address; the buyer can forge it. */
  id: string;
  /** null: taken from the landing page's address, which has no time. */
  at: Time | null;
}

/** How the visitor came: click ids by parameter name (pjclid, gclid, fbclid …) and utm facts by name without "utm_". */
export interface Source {
  clicks: Record<string, Click>;
  utm: Record<string, string>;
  /** Path or address of the first page, as Shopify gives it. */
  landingPage: string | null;
  /** Address of the page that led to the shop. */
  referrer: string | null;
}

/** Who it was, as far as known. `visitorId` stays the same from the first page view to the purchase. */
export interface Visitor {
  /** null: there is nothing to know them by, not even a cart token or a customer id. */
  visitorId: string | null;
  /** Where the visitor id came from: the web pixel, the cart's attributes, or what the cart or the customer was last known by; "pseudonym" was made of the cart token or customer id, for want of a real one. */
  visitorFrom: "pixel" | "attribute" | "cart" | "customer" | "pseudonym" | null;
  consent: Consent;
}

/** A postal address; fields are null where Shopify has none or may not show it (protected customer data). */
export interface Address {
  /** null: an address of an order, which has no id of its own. */
  id: Id | null;
  firstName: string | null;
  lastName: string | null;
  company: string | null;
  /** Street and number. */
  line1: string | null;
  /** Flat, floor, building. */
  line2: string | null;
  postalCode: string | null;
  city: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  phone: string | null;
}

/** A customer, put together from all that was ever told of them; personal fields are null where unknown or protected. */
export interface Customer {
  id: Id;
  email: string | null;
  /** As Shopify has it, mostly E.164: "+4930123456". */
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  /** Language as Shopify gives it ("en-US"), from the order or the shop where the customer has none. */
  locale: string | null;
  createdAt: Time | null;
  /** The newest updated_at seen. */
  updatedAt: Time | null;
  /** Of the account in the shop: "disabled" and "declined" are not active, "invited" not yet, "enabled" is. */
  state: string | null;
  /** Is the customer known to want marketing e-mail? null: nobody said. `source` says who did. */
  emailConsent: { subscribed: boolean; source: "topic" | "order"; at: Time | null } | null;
  defaultAddress: Address | null;
}

/** A line of an order, cart or checkout. Amounts are in the currency of what holds it. */
export interface Item {
  /** Tells the lines of one thing apart: Shopify's line id in an order; variant and a hash of the properties in a cart. */
  lineId: string | null;
  /** null: a custom line, or the product was deleted. */
  productId: Id | null;
  variantId: Id | null;
  sku: string | null;
  /** The product's; "" where Shopify gives none. */
  title: string;
  /** "Small / Red" */
  variantTitle: string | null;
  /** The brand. */
  vendor: string | null;
  /** Whole pieces, 1 or more. */
  quantity: number;
  /** Price of one piece before discounts. */
  price: Decimal;
  /** All discounts of the whole line. */
  discount: Decimal;
  /** All taxes of the whole line; "0" where they are not told (carts). */
  tax: Decimal;
  /** A gift card is money paid ahead, not a ware. */
  giftCard: boolean;
}

/** Amounts of an order or checkout in one currency; a part that Shopify does not name is "0". */
export interface Amounts {
  /** ISO 4217. */
  currency: string;
  /** What the buyer pays, everything included. */
  total: Decimal;
  /** The items after all discounts, before shipping, tips and duties. Includes tax where the order's prices do. */
  subtotal: Decimal;
  /** All taxes, whether the prices include them or not. */
  tax: Decimal;
  /** After discounts. */
  shipping: Decimal;
  /** All discounts together. */
  discount: Decimal;
  /** In presentment "0": Shopify tells tips in the shop's currency only. */
  tip: Decimal;
  duties: Decimal;
}

/** Where an order was made (source_name): "web" the online shop, "mobile" Shopify's apps for phones, "draft" an invoice that staff wrote, "pos" the till, "subscription" a renewal; "other" another app's channel, or not told. */
export type Channel = "web" | "mobile" | "draft" | "pos" | "subscription" | "other";

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
  /** In the shop's currency. */
  amounts: Amounts;
  /** In the buyer's currency, where that is another one and Shopify told it. */
  presentment: Amounts | null;
  /** Do the prices of the items include the tax? */
  taxesIncluded: boolean;
  /** As ordered; what was taken back later is in the refunds. */
  items: Item[];
  /** pending, authorized, partially_paid, paid, partially_refunded, refunded, voided … */
  financialStatus: string | null;
  /** fulfilled, partial, restocked; null: nothing was sent yet */
  fulfillmentStatus: string | null;
  /** Was it ever paid in full? */
  paid: boolean;
  /** Made with a test gateway: no event of it goes to a vendor. */
  test: boolean;
  channel: Channel;
  /** null for orders without a cart: drafts, the till, some quick buys. */
  cartToken: string | null;
  /** Joins the order to the checkout and to the pixel's visitor. */
  checkoutToken: string | null;
  /** null: a guest without a customer record. */
  customer: Customer | null;
  /** Of the order, else of its customer. */
  email: string | null;
  /** Of the order itself. */
  phone: string | null;
  /** Did the buyer tick the box for marketing in this checkout? */
  acceptsMarketing: boolean | null;
  /** The buyer's language: "en", "pt-BR". */
  locale: string | null;
  /** The codes that took effect. */
  discountCodes: string[];
  /** The first shipping line. */
  carrier: { code: string; title: string } | null;
  /** Of the first parcel that has one. */
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
  /** That of the transactions, which may be the buyer's; null where no money went back. */
  currency: string | null;
  total: Decimal;
  /** What was taken back, with the refunded quantity. Prices are in the shop's currency. */
  items: Item[];
}

/** The cart as it was after the change. */
export interface Cart extends Visitor {
  token: string;
  updatedAt: Time | null;
  /** null where the cart does not tell it: an empty one. */
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
  /** In the buyer's currency. */
  amounts: Amounts;
  items: Item[];
  /** Of the checkout, else of its customer. */
  email: string | null;
  /** Of the checkout, else of its customer. */
  phone: string | null;
  /** null: a guest, as far as is known. */
  customerId: Id | null;
  locale: string | null;
  discountCodes: string[];
  source: Source;
  /** Where the buyer can go on. */
  recoveryUrl: string | null;
}

/** One form in which a product is sold. */
export interface Variant {
  id: Id;
  title: string;
  sku: string | null;
  barcode: string | null;
  /** In the shop's currency. */
  price: Decimal;
  /** The price it is struck from. */
  compareAtPrice: Decimal | null;
  /** In stock; below 0 where it was oversold, null where it is not told. */
  quantity: number | null;
  /** The image that shows it. */
  imageId: Id | null;
  /** 1 is first; 0: not told. */
  position: number;
}

export interface Product {
  id: Id;
  title: string;
  descriptionHtml: string | null;
  /** The last part of its address in the shop. */
  handle: string | null;
  /** The brand. */
  vendor: string | null;
  productType: string | null;
  /** active, draft or archived */
  status: string | null;
  createdAt: Time | null;
  updatedAt: Time | null;
  /** null: not on sale in the online shop. */
  publishedAt: Time | null;
  tags: string[];
  variants: Variant[];
  /** `variantIds`: the variants it shows; [] for an image of the whole product. */
  images: { id: Id; url: string; position: number; variantIds: Id[] }[];
}

export interface Collection {
  id: Id;
  title: string;
  /** The last part of its address in the shop. */
  handle: string | null;
  descriptionHtml: string | null;
  /** null: hidden in the online shop. */
  publishedAt: Time | null;
  updatedAt: Time | null;
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

/** Facts of the shop that some vendors need beside the event. */
export interface Shop {
  /** "example.myshopify.com" */
  domain: string;
  /** ISO 4217. */
  currency: string;
  /** IANA: Europe/Berlin */
  timeZone: string;
  /** Two letters. */
  locale: string;
  /** The one that buyers see. */
  primaryDomain: string;
}

interface Happening {
  /** What makes it the same happening, however often and by whichever webhook we hear of it: "purchase:450789469". One row for ever. */
  key: string;
  /** What it is about: "order:450789469". Deliveries about one subject go in order. */
  subject: string;
  /** When it happened; where nobody says (a deletion), when Shopify told it. */
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
  /** A buyer bought. Once per order, by whichever of its webhooks was seen first. */
  | Happened<"order.placed", { order: Order }>
  /** The order was paid in full. `paidAt`: as near as the webhook that said so tells it. */
  | Happened<"order.paid", { order: Order; paidAt: Time }>
  /** A state of the order, its first included. */
  | Happened<"order.updated", { order: Order }>
  | Happened<"order.cancelled", { order: Order }>
  /** `order` is null where the refund's own webhook was seen first: it does not carry the order. */
  | Happened<"order.refunded", { refund: Refund; order: Order | null }>
  /** The first that is known of a cart; all its lines were added. */
  | Happened<"cart.created", CartDifference>
  | Happened<"cart.changed", CartDifference>
  | Happened<"checkout.started", { checkout: Checkout }>
  /** An e-mail address, a phone number or a customer is known for the first time. */
  | Happened<"checkout.contact_given", { checkout: Checkout }>
  /** Told by the web pixel; the checkout as its last webhook had it. */
  | Happened<"checkout.payment_info_given", { checkout: Checkout }>
  | Happened<"checkout.abandoned", { checkout: Checkout }>
  /** A state of the customer, with all that is known. */
  | Happened<"customer.saved", { customer: Customer }>
  | Happened<"customer.deleted", { customerId: Id }>
  /** `mergedId` is no more; what was theirs is now `customerId`'s. */
  | Happened<"customer.merged", { customerId: Id; mergedId: Id }>
  /** A state of the customer too; names are null where they were never told. */
  | Happened<"customer.consent_changed", { customer: Customer }>
  | Happened<"product.saved", { product: Product }>
  | Happened<"product.deleted", { productId: Id }>
  | Happened<"collection.saved", { collection: Collection }>
  | Happened<"collection.deleted", { collectionId: Id }>
  /** These and all below are told by the web pixel. */
  | Happened<"page.viewed", { page: Page }>
  /** `item` is one piece; its price is in `currency`. */
  | Happened<"product.viewed", { page: Page; item: Item; currency: string }>
  | Happened<"collection.viewed", { page: Page; collection: { id: Id; title: string } }>
  | Happened<"cart.viewed", { page: Page; cart: Cart }>
  /** `query`: what was typed. */
  | Happened<"search.submitted", { page: Page; query: string }>;

export type EventKind = Event["kind"];
export type EventOf<Kind extends EventKind> = Extract<Event, { kind: Kind }>;
