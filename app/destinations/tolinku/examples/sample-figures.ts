// What Tolinku answers to each of its queries, for the examples of its report.

export const overview = {
  total_revenue: 12450,
  net_revenue: 11200,
  total_orders: 245,
  total_refunds: 12,
  refund_amount: 1250,
  avg_order_value: 50.82,
  total_items_sold: 512,
  cart_abandonment_rate: 68.5,
  add_to_cart_rate: 32.1,
  days: 30,
};

const campaign = { campaign: "spring-sale", source: "email", medium: "newsletter", revenue: 4500, orders: 90 };
/** In the order in which the queries are asked. */
export const answers: [string, object][] = [
  [
    "cart-abandonment",
    { abandonment_rate: 68.5, abandoned_carts: 520, abandoned_revenue: 32000, completed_carts: 238 },
  ],
  ["overview", overview],
  ["revenue-timeseries", { series: [{ date: "2026-11-01", revenue: 450.5, orders: 8 }] }],
  ["funnel", { steps: [{ name: "view_item", count: 5000, percentage: 100 }] }],
  [
    "top-products",
    { products: [{ item_id: "41220003334445", item_name: "Mug", revenue: 2499, quantity: 100, orders: 85 }] },
  ],
  ["revenue-by-channel", { channels: [{ ...campaign, conversion_rate: 3.2 }] }],
  [
    "attribution",
    {
      attributed: [{ ...campaign, pct_of_total: 36.1 }],
      unattributed: { revenue: 2100, orders: 45 },
      model: "last_click",
      window_days: 30,
    },
  ],
  ["revenue-by-coupon", { coupons: [{ coupon_code: "SAVE10", revenue: 1200, orders: 40, avg_discount: 12.5 }] }],
  ["revenue-by-device", { devices: [{ device_type: "mobile", revenue: 8200, orders: 165 }] }],
  ["revenue-by-platform", { platforms: [{ platform: "web", revenue: 2050, orders: 37 }] }],
  ["revenue-by-country", { countries: [{ country: null, revenue: 9200, orders: 185 }] }],
  [
    "cohorts",
    {
      cohorts: [
        { month: "2026-11", users: 120, revenue_by_month: { "0": 3200 } },
        { month: "2026-10", users: 95, revenue_by_month: { "0": 2800, "1": 1500 } },
      ],
      avg_ltv: 82.5,
      total_purchasing_users: 580,
    },
  ],
];
