// One of everything that ShopiMind takes, with all that its reference requires.
import { decimal, integer } from "../../app/destinations/number.ts";
import type { Definition } from "../../app/destinations/shopimind/custom-data.ts";
import type { Entities, Owned, Part } from "../../app/destinations/shopimind/resources.ts";

/** The answer to a bulk call with one of them. */
export const WRITTEN = { rejected_count: 0, rejected_items: [] };

const WHEN = "2026-11-21T08:30:00.000Z";
const dates = { created_at: WHEN, updated_at: WHEN };

export const ITEMS: Entities = {
  customers: {
    customer_id: "6401230098",
    email: "mara@example.com",
    first_name: "Mara",
    last_name: "Lindqvist",
    lang: "de",
    is_opt_in: true,
    is_newsletter_subscribed: true,
    is_active: true,
    group_ids: ["9"],
    ...dates,
  },
  "customers-groups": { group_id: "9", lang: "de", name: "Regulars", ...dates },
  "newsletter-subscribers": {
    email: "mara@example.com",
    is_subscribed: true,
    first_name: "Mara",
    last_name: "Lindqvist",
    postal_code: "10969",
    lang: "de",
    updated_at: WHEN,
  },
  "orders-statuses": { status_id: "paid", lang: "de", name: "Paid", is_deleted: false, ...dates },
  "orders-carriers": { carrier_id: "standard", name: "Standard shipping", is_active: true, ...dates },
  orders: {
    order_id: "5500112233445",
    reference: "#1001",
    lang: "de",
    status_id: "paid",
    carrier_id: "standard",
    customer: { customer_id: "6401230098", email: "mara@example.com", created_at: WHEN },
    products: [
      {
        product_id: integer("9007199254740993001"),
        quantity: 2,
        price: decimal("12.50"),
        price_without_tax: decimal("10.50"),
      },
    ],
    cart_id: "c1-3f9a77",
    cart_updated_at: WHEN,
    amount: decimal("29.90"),
    amount_without_tax: decimal("25.13"),
    shipping_costs: decimal("4.90"),
    shipping_costs_without_tax: decimal("4.12"),
    currency: "EUR",
    is_confirmed: true,
    ...dates,
  },
  "products-manufacturers": { manufacturer_id: "Nordlicht", name: "Nordlicht", is_active: true, ...dates },
  "products-categories": {
    category_id: integer("488100200300"),
    lang: "de",
    name: "Kitchen",
    description: "For the table.",
    link: "https://shop.example.com/collections/kitchen",
    is_active: true,
    ...dates,
  },
  products: {
    product_id: integer("7290001112223"),
    lang: "de",
    name: "Stoneware mug",
    description: "Holds 300 ml.",
    link: "https://shop.example.com/products/stoneware-mug",
    currency: "EUR",
    price: decimal("12.50"),
    quantity_remaining: 40,
    is_active: true,
    manufacturer_id: "Nordlicht",
    category_ids: [integer("488100200300")],
    ...dates,
  },
  vouchers: {
    voucher_id: "77",
    lang: "de",
    code: "WELCOME10",
    description: "Ten percent.",
    started_at: WHEN,
    type_voucher: "percentage_reduction",
    value: 10,
    minimum_amount: 0,
    currency: "EUR",
    reduction_tax: true,
    is_used: false,
    is_active: true,
    ...dates,
  },
};

/** As it is kept by, in text. */
export const ID_OF = {
  customers: "6401230098",
  "customers-groups": "9",
  orders: "5500112233445",
  "orders-statuses": "paid",
  "orders-carriers": "standard",
  products: "7290001112223",
  "products-categories": "488100200300",
  "products-manufacturers": "Nordlicht",
  vouchers: "77",
};

/** With the words that say whose they are, which only the bulk call takes. */
export const PARTS: { [P in Part]: Owned<P> } = {
  addresses: {
    customer_id: "6401230098",
    address_id: integer("8811002200"),
    first_name: "Mara",
    last_name: "Lindqvist",
    address_line_1: "Lindenweg 4",
    postal_code: "10969",
    city: "Berlin",
    country: "DE",
    is_active: true,
  },
  variations: {
    product_id: "7290001112223",
    variation_id: integer("41220003334445"),
    name: "Blue",
    lang: "de",
    link: "https://shop.example.com/products/stoneware-mug?variant=41220003334445",
    price: decimal("12.50"),
    quantity_remaining: 40,
    is_default: true,
  },
  images: {
    product_id: "7290001112223",
    image_id: "3300445566",
    lang: "de",
    url: "https://shop.example.com/cdn/mug-blue.jpg",
    is_default: true,
  },
};
export const PART_ID = { addresses: "8811002200", variations: "41220003334445", images: "3300445566" };

export const DEFINITION: Definition = {
  name: "loyalty",
  unique_keys: ["card"],
  fields: [
    { name: "card", label: "Card", type: "text", required: true },
    { name: "points", label: "Points", type: "number", required: false },
  ],
};
