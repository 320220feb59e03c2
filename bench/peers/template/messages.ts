// What each vendor is told of an order, by its documents, as one would write it for the first time.

export interface Order {
  id: number;
  name: string;
  email: string;
  phone: string | null;
  currency: string;
  total_price: string;
  total_tax: string;
  total_discounts: string;
  created_at: string;
  updated_at: string;
  customer_locale: string;
  cart_token: string;
  financial_status: string;
  total_shipping_price_set: { shop_money: { amount: string } };
  customer: { id: number; email: string; created_at: string };
  line_items: { product_id: number; variant_id: number; title: string; quantity: number; price: string }[];
  note_attributes: { name: string; value: string }[];
}
interface Made {
  path: string;
  headers: Record<string, string>;
  json: object;
}

const PIXEL = "11111111-1111-4111-8111-111111111111";
const attribute = (order: Order, wanted: string) => order.note_attributes.find(({ name }) => name === wanted)?.value;

export const REQUESTS: Record<string, (order: Order) => Made> = {
  shopipixel: (order) => ({
    path: "/api/v1/events",
    headers: { authorization: "Bearer sp_sandbox" },
    json: {
      eventName: "Purchase",
      eventId: `purchase_${order.id}`,
      eventTime: Math.floor(Date.parse(order.created_at) / 1000),
      userData: { email: order.email, ...(order.phone ? { phone: order.phone } : {}) },
      customData: {
        currency: order.currency,
        value: Number(order.total_price),
        orderId: String(order.id),
        contents: order.line_items.map((line) => ({
          id: String(line.product_id),
          quantity: line.quantity,
          itemPrice: Number(line.price),
        })),
      },
    },
  }),
  alana: (order) => ({
    path: "/api/v1/events",
    headers: { "x-api-key": "ak_sandbox" },
    json: {
      events: [
        {
          eventType: "purchase-complete",
          visitorId: String(order.customer.id),
          productIds: order.line_items.map((line) => String(line.product_id)),
          revenue: Number(order.total_price),
          currency: order.currency,
          metadata: { orderId: String(order.id) },
        },
      ],
    },
  }),
  prisjakt: (order) => ({
    path: `/pixels/${PIXEL}/events`,
    headers: { "client-id": "sandbox-client" },
    json: {
      event_name: "purchase",
      event_time: new Date(order.created_at).toISOString(),
      external_event_id: String(order.id),
      data: {
        number_of_items: order.line_items.reduce((sum, line) => sum + line.quantity, 0),
        currency: order.currency,
        amount: Number(order.total_price),
      },
      signed_click_id: attribute(order, "pjclid"),
    },
  }),
  tolinku: (order) => ({
    path: "/v1/api/analytics/ecommerce/track",
    headers: { "x-api-key": "tolk_sec_sandbox" },
    json: {
      event_type: "purchase",
      transaction_id: String(order.id),
      revenue: Number(order.total_price),
      currency: order.currency,
      user_id: String(order.customer.id),
      cart_id: order.cart_token,
      tax: Number(order.total_tax),
      items: order.line_items.map((line) => ({
        item_id: String(line.variant_id),
        item_name: line.title,
        price: Number(line.price),
        quantity: line.quantity,
      })),
    },
  }),
  shopimind: (order) => ({
    path: "/v1/orders",
    headers: { "spm-api-key": "sandbox-shopimind-key-0001" },
    json: [
      {
        order_id: String(order.id),
        lang: order.customer_locale,
        status_id: order.financial_status,
        customer: {
          customer_id: String(order.customer.id),
          email: order.customer.email,
          created_at: order.customer.created_at,
        },
        products: order.line_items.map((line) => ({
          product_id: line.product_id,
          quantity: line.quantity,
          price: Number(line.price),
        })),
        cart_id: order.cart_token,
        amount: Number(order.total_price),
        shipping_costs: Number(order.total_shipping_price_set.shop_money.amount),
        currency: order.currency,
        is_confirmed: order.financial_status === "paid",
        created_at: order.created_at,
        updated_at: order.updated_at,
        reference: order.name,
      },
    ],
  }),
};
