// What leaves the browser of one event: ids, titles and amounts as given; never an e-mail, a phone number, a name or an address.
import type { MoneyV2, PixelEvents, ProductVariant } from "@shopify/web-pixels-extension";

export const names = [
  "page_viewed",
  "product_viewed",
  "collection_viewed",
  "search_submitted",
  "cart_viewed",
  "product_added_to_cart",
  "checkout_started",
  "checkout_contact_info_submitted",
  "payment_info_submitted",
  "checkout_completed",
] as const;
export type Seen = PixelEvents[(typeof names)[number]];

export interface Consent {
  marketing: boolean;
  analytics: boolean;
}
export type Fact = ReturnType<typeof fact>;

/** What ties a visitor to a cart: by these the app knows again whose cart and whose order it is. */
export interface Ties {
  /** Of a visitor who is signed in. */
  customerId: string | undefined;
  cartToken: string | undefined;
  /** The visitor's id in the theme embed's cookie. */
  embedId: string | undefined;
}

/** Fields that are not known are left out. */
export function fact(event: Seen, consent: Consent, ties: Ties) {
  const page = event.context?.document;
  const href = page?.location?.href ?? "";
  const checkout = event.data && "checkout" in event.data ? event.data.checkout : null;
  return {
    id: event.id,
    name: event.name,
    timestamp: event.timestamp,
    clientId: event.clientId,
    data: data(event),
    context: {
      url: address(href, consent),
      title: personal.test(href) ? null : text(page?.title),
      referrer: address(page?.referrer ?? "", consent),
    },
    consent,
    checkoutToken: checkout?.token ?? undefined,
    orderId: digits(checkout?.order?.id),
    customerId: digits(checkout?.order?.customer?.id ?? ties.customerId),
    cartToken: ties.cartToken,
    embedId: ties.embedId,
  };
}

/** In the form of Shopify's own payload, without what is not needed. Of a checkout only its token and order id go, above. */
function data(event: Seen) {
  switch (event.name) {
    case "product_viewed":
      return { productVariant: variant(event.data.productVariant) };
    case "collection_viewed":
      return { collection: { id: digits(event.data.collection?.id), title: text(event.data.collection?.title) } };
    case "search_submitted":
      return { searchResult: { query: text(event.data.searchResult?.query) } };
    case "cart_viewed":
      return { cart: cart(event.data.cart) };
    default:
      return {};
  }
}

function cart(seen: PixelEvents["cart_viewed"]["data"]["cart"]) {
  if (!seen) return null;
  // With these lengths no event alone is too long for a post.
  const lines = seen.lines?.slice(0, 40).map((line) => ({
    quantity: line.quantity,
    merchandise: variant(line.merchandise),
  }));
  return { id: bare(seen.id), cost: { totalAmount: money(seen.cost?.totalAmount) }, lines };
}

/** Behind the question mark is the key that opens the cart. */
export const bare = (cartId: string | null | undefined) => cartId?.split("?")[0] || undefined;

function variant(seen: ProductVariant | null) {
  return {
    id: digits(seen?.id),
    title: text(seen?.title, 150),
    sku: text(seen?.sku, 60),
    price: money(seen?.price),
    product: {
      id: digits(seen?.product?.id),
      title: text(seen?.product?.title, 150),
      vendor: text(seen?.product?.vendor, 60),
      type: text(seen?.product?.type, 60),
    },
  };
}

const money = (seen: MoneyV2 | null | undefined) => seen && { amount: seen.amount, currencyCode: seen.currencyCode };

/** Shopify gives ids as digits or as gid://shopify/…/digits, by the page. */
const digits = (id: string | null | undefined) => id?.match(/\d+(?=$|\?)/)?.[0];

/** Without e-mail addresses, which visitors type into search fields, and at most so many characters long. */
const text = (seen: string | null | undefined, most = 200) =>
  seen?.slice(0, most).replace(/[^\s@/?&=]+(@|%40)[^\s@]+/gi, "[e-mail]");

/** Below these, the path holds keys: of a cart, a checkout, an order, a new password. */
const personal = /\/(account|authentication|cart|checkouts|customer_authentication|orders)\//;

/** Origin and path; of the query only how the visitor came, since the rest may hold an e-mail or a key. */
function address(href: string, consent: Consent) {
  if (!/^https?:/.test(href) || !URL.canParse(href)) return "";
  const url = new URL(href);
  const [path = "", kind] = url.pathname.split(personal);
  const query = new URLSearchParams();
  for (const [name, value] of url.searchParams)
    if (/^utm_\w+$/.test(name) || (consent.marketing && /^(pjclid|gclid|fbclid)$/.test(name)))
      query.append(name, text(value) ?? "");
  const shown = `${url.origin}${kind ? `${path}/${kind}` : path}`;
  return `${text(shown, 1000)}${query.size ? `?${query}` : ""}`.slice(0, 1000);
}
