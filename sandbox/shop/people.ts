// Customers, their consent, and products, as Shopify's webhooks write them (API 2026-10: consent has a topic of its own).
import { type Buyer, MAKER, type Product } from "./catalogue.ts";
import { CURRENCY, gid, money, shopTime } from "./writing.ts";

export function addressOf(buyer: Buyer) {
  return {
    first_name: buyer.firstName,
    last_name: buyer.lastName,
    name: `${buyer.firstName} ${buyer.lastName}`,
    company: null,
    address1: buyer.street,
    address2: null,
    zip: buyer.zip,
    city: buyer.city,
    province: null,
    province_code: null,
    country: "Germany",
    country_code: "DE",
    phone: buyer.phone,
    latitude: null,
    longitude: null,
  };
}

/** The customer as it stands inside an order or a checkout. */
export function customerWithin(buyer: Buyer, at: Date) {
  const { latitude: _latitude, longitude: _longitude, ...address } = addressOf(buyer);
  return {
    id: buyer.id,
    admin_graphql_api_id: gid("Customer", buyer.id),
    email: buyer.email,
    phone: buyer.phone,
    first_name: buyer.firstName,
    last_name: buyer.lastName,
    created_at: "2026-03-02T08:14:09+01:00",
    updated_at: shopTime(at),
    state: "enabled",
    note: null,
    verified_email: true,
    multipass_identifier: null,
    tax_exempt: false,
    tax_exemptions: [],
    currency: CURRENCY,
    default_address: {
      id: buyer.addressId,
      customer_id: buyer.id,
      ...address,
      country_name: "Germany",
      default: true,
    },
  };
}

export function customerPayload(buyer: Buyer, at: Date) {
  const customer = customerWithin(buyer, at);
  return { ...customer, addresses: [customer.default_address] };
}

export function consentPayload(buyer: Buyer, subscribed: boolean, at: Date) {
  return {
    customer_id: buyer.id,
    email_address: buyer.email,
    email_marketing_consent: {
      state: subscribed ? "subscribed" : "unsubscribed",
      opt_in_level: subscribed ? "confirmed_opt_in" : null,
      consent_updated_at: shopTime(at),
    },
  };
}

export function productPayload(product: Product, at: Date) {
  return {
    id: product.id,
    admin_graphql_api_id: gid("Product", product.id),
    title: product.title,
    body_html: `<p>${product.text}</p>`,
    vendor: MAKER,
    product_type: product.type,
    handle: product.handle,
    status: "active",
    published_scope: "global",
    template_suffix: null,
    tags: `${product.type.toLowerCase()}, ${MAKER.toLowerCase()}`,
    created_at: "2026-02-11T10:00:00+01:00",
    published_at: "2026-02-11T10:05:00+01:00",
    updated_at: shopTime(at),
    variants: product.variants.map((variant, place) => variantOf(product, variant, place, at)),
    options: [{ product_id: product.id, name: "Variant", position: 1, values: product.variants.map((v) => v.title) }],
    images: [],
    image: null,
  };
}

function variantOf(product: Product, variant: Product["variants"][number], place: number, at: Date) {
  return {
    id: variant.id,
    admin_graphql_api_id: gid("ProductVariant", variant.id),
    product_id: product.id,
    title: variant.title,
    option1: variant.title,
    option2: null,
    option3: null,
    sku: variant.sku,
    barcode: null,
    price: money(variant.cents),
    compare_at_price: null,
    position: place + 1,
    inventory_policy: "deny",
    inventory_quantity: 40 + place,
    old_inventory_quantity: 40 + place,
    inventory_item_id: variant.id + 1_000_000,
    image_id: null,
    taxable: true,
    requires_shipping: true,
    grams: variant.grams,
    created_at: "2026-02-11T10:00:00+01:00",
    updated_at: shopTime(at),
  };
}
