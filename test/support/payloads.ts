// Webhook bodies of the same shape as Shopify's, with values of our own; every field can be replaced.

export type Body = Record<string, unknown>;

/** An exact JSON number, for ids above 2^53. */
export const number = (digits: string): unknown => JSON.rawJSON(digits);

export const bytes = (body: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(body));

export const money = (shop: string, presentment = shop, currency = "EUR", presentmentCurrency = currency): Body => ({
  shop_money: { amount: shop, currency_code: currency },
  presentment_money: { amount: presentment, currency_code: presentmentCurrency },
});

export function address(over: Body = {}): Body {
  return {
    id: 8101,
    first_name: "Nora",
    last_name: "Lindqvist",
    company: null,
    address1: "Lindenstraße 12",
    address2: "",
    zip: "10969",
    city: "Berlin",
    province: "Berlin",
    country: "Germany",
    country_code: "DE",
    phone: null,
    default: true,
    ...over,
  };
}

export function customer(over: Body = {}): Body {
  return {
    id: 7001,
    admin_graphql_api_id: `gid://shopify/Customer/${JSON.stringify(over.id ?? 7001)}`,
    email: "nora@example.com",
    phone: "+4930123456",
    first_name: "Nora",
    last_name: "Lindqvist",
    state: "enabled",
    currency: "EUR",
    created_at: "2026-03-01T09:00:00+01:00",
    updated_at: "2026-11-20T18:00:00+01:00",
    default_address: address(),
    addresses: [address()],
    ...over,
  };
}

/** The body of the topic for consent to marketing e-mail. */
export function consent(state: string | null, at: string | null, customerId: unknown = 7001): Body {
  return {
    customer_id: customerId,
    email_address: "nora@example.com",
    email_marketing_consent: { state, opt_in_level: "single_opt_in", consent_updated_at: at },
  };
}

export function line(over: Body = {}): Body {
  return {
    id: 9101,
    product_id: 501,
    variant_id: 601,
    sku: "CUP-BLUE",
    title: "Enamel cup",
    name: "Enamel cup - Blue",
    variant_title: "Blue",
    vendor: "Harbour Goods",
    quantity: 2,
    price: "12.50",
    price_set: money("12.50"),
    total_discount: "0.00",
    discount_allocations: [],
    tax_lines: [{ title: "VAT", price: "3.99", rate: 0.19, price_set: money("3.99") }],
    gift_card: false,
    properties: [],
    ...over,
  };
}

export function order(over: Body = {}): Body {
  return {
    id: 4001,
    admin_graphql_api_id: `gid://shopify/Order/${JSON.stringify(over.id ?? 4001)}`,
    name: "#1001",
    order_number: 1001,
    created_at: "2026-11-20T18:00:02+01:00",
    processed_at: "2026-11-20T18:00:00+01:00",
    updated_at: "2026-11-20T18:00:03+01:00",
    cancelled_at: null,
    currency: "EUR",
    presentment_currency: "EUR",
    total_price: "29.90",
    total_price_set: money("29.90"),
    subtotal_price: "25.00",
    subtotal_price_set: money("25.00"),
    total_tax: "4.77",
    total_tax_set: money("4.77"),
    total_discounts: "0.00",
    total_discounts_set: money("0.00"),
    total_shipping_price_set: money("4.90"),
    total_tip_received: "0.00",
    taxes_included: true,
    financial_status: "pending",
    fulfillment_status: null,
    test: false,
    source_name: "web",
    cart_token: "5b1f0c9e7d3a4862b0e4c1d2f3a49586",
    checkout_token: "c2a94e1b7f60438d95b8d7e6f5a43210",
    email: "nora@example.com",
    contact_email: "nora@example.com",
    phone: null,
    buyer_accepts_marketing: true,
    customer_locale: "de-DE",
    landing_site: "/products/enamel-cup?utm_source=letter&gclid=Abc-123",
    referring_site: "https://search.example.com/",
    note_attributes: [],
    discount_codes: [],
    line_items: [line()],
    shipping_lines: [{ code: "STD", title: "Standard", price: "4.90", discounted_price: "4.90" }],
    fulfillments: [],
    refunds: [],
    customer: customer(),
    shipping_address: address({ id: undefined }),
    billing_address: address({ id: undefined }),
    ...over,
  };
}

export function transaction(over: Body = {}): Body {
  return { id: 6601, kind: "refund", status: "success", amount: "12.50", currency: "EUR", ...over };
}

export function refund(over: Body = {}): Body {
  const subtotal = number("12.5");
  return {
    id: 5501,
    admin_graphql_api_id: `gid://shopify/Refund/${JSON.stringify(over.id ?? 5501)}`,
    order_id: 4001,
    created_at: "2026-11-21T08:00:00+01:00",
    processed_at: "2026-11-21T08:00:00+01:00",
    refund_line_items: [
      { id: 7701, line_item_id: 9101, quantity: 1, subtotal, total_tax: number("2.0"), line_item: line() },
    ],
    transactions: [transaction()],
    ...over,
  };
}

export function product(over: Body = {}): Body {
  return {
    id: 501,
    admin_graphql_api_id: `gid://shopify/Product/${JSON.stringify(over.id ?? 501)}`,
    title: "Enamel cup",
    body_html: "<p>For the harbour.</p>",
    handle: "enamel-cup",
    vendor: "Harbour Goods",
    product_type: "Cups",
    status: "active",
    tags: "enamel, blue",
    created_at: "2026-01-05T10:00:00+01:00",
    updated_at: "2026-11-20T18:00:00+01:00",
    published_at: "2026-01-06T10:00:00+01:00",
    variants: [
      {
        id: 601,
        title: "Blue",
        sku: "CUP-BLUE",
        price: "12.50",
        compare_at_price: null,
        inventory_quantity: -1,
        position: 1,
        image_id: 901,
      },
    ],
    images: [{ id: 901, src: "https://cdn.example.com/cup.jpg", position: 1, variant_ids: [601] }],
    ...over,
  };
}
