// What every fact of a shop is made of: exact values, who it was, what was bought and for how much.

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
  /** The customer as whom the pixel saw the visitor signed in; absent: none. */
  signedInAs?: Id;
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
  /** Is the customer known to want marketing e-mail? null: nobody said. `source` says who did. */
  emailConsent: { subscribed: boolean; source: "topic" | "order"; at: Time | null } | null;
  defaultAddress: Address | null;
  /** Those that the customer's own webhooks told, the default one among them; null: they never did. */
  addresses: Address[] | null;
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
  /** The product's type; absent: not known. */
  category?: string;
  /** The address of a picture; absent: none is known. */
  image?: string;
  /** Whole pieces, 1 or more. */
  quantity: number;
  /** Price of one piece before discounts. */
  price: Decimal;
  /** All discounts of the whole line. */
  discount: Decimal;
  /** All taxes of the whole line; "0" where they are not told (carts). */
  tax: Decimal;
  /** What the product's metafield says that a connection goes by; asked of the shop when the event is sent. Absent: none. */
  metafield?: string | undefined;
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
  /** All discounts on the items. Those on the shipping are in `shipping` already. */
  discount: Decimal;
  /** The discounts that `shipping` is without; absent: none are told. */
  shippingDiscount?: Decimal;
  /** The shipping's part of `tax`, by its own lines; absent: none is told. */
  shippingTax?: Decimal;
  /** In presentment "0": Shopify tells tips in the shop's currency only. */
  tip: Decimal;
  duties: Decimal;
}

/** Facts of the shop that some vendors need beside the event. */
export interface Shop {
  /** "example.myshopify.com": the name under which it is kept. */
  domain: string;
  /** Absent until Shopify told it. */
  id?: Id;
  /** ISO 4217. */
  currency: string;
  /** IANA: Europe/Berlin */
  timeZone: string;
  /** Two letters. */
  locale: string;
  /** The one that buyers see. */
  primaryDomain: string;
}
