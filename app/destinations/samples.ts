// The things that the vendors' examples share: one buyer, one product, one order, each with room for changes.
import type { Address, Amounts, Customer, Item, Shop, Source, Visitor } from "../events/facts.ts";
import type { Cart, Checkout, Order, Page, Refund } from "../events/shopping.ts";

export const OCCURRED = "2026-11-21T09:30:00+01:00";
export const CLICK = "239cd31f-9d43-4cb4-b8dc-2057fe18c289_1b05fa7f1c34d125";

const visitor: Visitor = {
  visitorId: "visitor-7f3a",
  visitorFrom: "attribute",
  consent: { marketing: true, analytics: true },
};
const nobody: Source = { clicks: {}, utm: {}, landingPage: null, referrer: null };

export const shop = (change: Partial<Shop> = {}): Shop => ({
  domain: "sandbox-shop.myshopify.com",
  currency: "EUR",
  timeZone: "Europe/Berlin",
  locale: "de",
  primaryDomain: "shop.example.com",
  ...change,
});

export const source = (change: Partial<Source> = {}): Source => ({ ...nobody, ...change });

export const address = (change: Partial<Address> = {}): Address => ({
  id: "8811002200",
  firstName: "Mara",
  lastName: "Lindqvist",
  company: null,
  line1: "Lindenweg 4",
  line2: null,
  postalCode: "10969",
  city: "Berlin",
  country: "DE",
  phone: "+493099999999",
  ...change,
});

export const customer = (change: Partial<Customer> = {}): Customer => ({
  id: "6401230098",
  email: "mara@example.com",
  phone: "+493099999999",
  firstName: "Mara",
  lastName: "Lindqvist",
  locale: "de-DE",
  createdAt: "2026-01-05T12:00:00+01:00",
  updatedAt: "2026-11-21T09:30:00+01:00",
  emailConsent: { subscribed: true, source: "topic", at: "2026-01-05T12:00:00+01:00" },
  defaultAddress: address(),
  addresses: null,
  ...change,
});

export const item = (change: Partial<Item> = {}): Item => ({
  lineId: "14033200101",
  productId: "7290001112223",
  variantId: "41220003334445",
  sku: "MUG-BLUE",
  title: "Stoneware mug",
  variantTitle: "Blue",
  vendor: "Nordlicht",
  quantity: 2,
  price: "12.50",
  discount: "0.00",
  tax: "3.99",
  giftCard: false,
  ...change,
});

export const amounts = (change: Partial<Amounts> = {}): Amounts => ({
  currency: "EUR",
  total: "29.90",
  subtotal: "25.00",
  tax: "4.77",
  shipping: "4.90",
  shippingTax: "0.78",
  discount: "0.00",
  tip: "0.00",
  duties: "0.00",
  ...change,
});

export const order = (change: Partial<Order> = {}): Order => ({
  ...visitor,
  id: "5500112233445",
  name: "#1001",
  createdAt: OCCURRED,
  placedAt: OCCURRED,
  updatedAt: OCCURRED,
  cancelledAt: null,
  amounts: amounts(),
  presentment: null,
  taxesIncluded: true,
  items: [item()],
  financialStatus: "paid",
  fulfillmentStatus: null,
  paid: true,
  test: false,
  channel: "web",
  sourceName: "web",
  cameBy: true,
  cartToken: "c1-3f9a77",
  checkoutToken: "k1-77aa01",
  customer: customer(),
  email: "mara@example.com",
  phone: "+493099999999",
  acceptsMarketing: true,
  locale: "de-DE",
  discountCodes: [],
  carrier: { code: "standard", title: "Standard shipping" },
  trackingNumber: null,
  shippingAddress: address(),
  billingAddress: address(),
  source: source(),
  ...change,
});

export const refund = (change: Partial<Refund> = {}): Refund => ({
  id: "920011223",
  orderId: "5500112233445",
  createdAt: OCCURRED,
  currency: "EUR",
  total: "12.50",
  items: [item({ quantity: 1, tax: "2.00" })],
  ...change,
});

export const cart = (change: Partial<Cart> = {}): Cart => ({
  ...visitor,
  token: "c1-3f9a77",
  updatedAt: OCCURRED,
  currency: "EUR",
  items: [item()],
  source: source(),
  ...change,
});

export const checkout = (change: Partial<Checkout> = {}): Checkout => ({
  ...visitor,
  token: "k1-77aa01",
  cartToken: "c1-3f9a77",
  createdAt: OCCURRED,
  updatedAt: OCCURRED,
  amounts: amounts(),
  items: [item()],
  email: "mara@example.com",
  phone: null,
  customerId: "6401230098",
  locale: "de-DE",
  discountCodes: [],
  source: source(),
  recoveryUrl: "https://shop.example.com/checkouts/k1-77aa01/recover",
  ...change,
});

export const page = (change: Partial<Page> = {}): Page => ({
  ...visitor,
  visitorFrom: "pixel",
  url: "https://shop.example.com/",
  path: "/",
  title: "Welcome",
  customerId: null,
  source: source(),
  ...change,
});
