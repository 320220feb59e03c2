// Breaks of the readers: what happened, who it was, where it was bought.
import { breaks } from "./breaks.ts";

const ORDERS = ["events/orders", "events/history"];
export const readers = [
  ...breaks("app/events/order.ts", ORDERS, [
    ["a purchase is keyed by its customer", "key: purchaseKey(order.id)", 'key: purchaseKey(order.customer?.id ?? "")'],
    [
      "an order that is not paid is paid",
      "  if (order.paid) {",
      "  if (!order.test) {",
      { tests: ["events/orders", "delivery/purchase-when-paid"] },
    ],
    [
      "a purchase happened when it was updated",
      "occurredAt: order.placedAt, order: bought(order, placed)",
      "occurredAt: order.updatedAt, order: bought(order, placed)",
    ],
    [
      "an order that was paid later was paid when it was placed",
      'return heard.topic === "orders/create" ? order.placedAt',
      "return heard.topic ? order.placedAt",
      { tests: ["events/orders", "delivery/purchase-when-paid"] },
    ],
    ["an order is never cancelled", "  if (order.cancelledAt)\n", "  if (order.cancelledAt && order.test)\n"],
  ]),
  ...breaks("app/events/order-facts.ts", ORDERS, [
    ["an imported order was placed when it was made", "placedAt: processed ?? createdAt", "placedAt: createdAt"],
    ["a test order is none", 'test: yesNo(body, "test") ?? false', "test: false"],
    [
      "prices include the taxes always",
      'yesNo(body, "taxes_included") ?? false',
      "true",
      { tests: ["events/money", "destinations/amounts", "events/worth"] },
    ],
  ]),
  ...breaks(
    "app/events/order-rank.ts",
    ["events/same-second"],
    [
      ["fewer pieces are newer", "digits(BigInt(ordered), 7)", "digits(9_999_999n - BigInt(ordered), 7)"],
      ["more that is left is newer", "digits(MOST - thousandths(now), 16)", "digits(thousandths(now), 16)"],
      ["a cancelled order is as new as before", "${cancelledAt ? 1 : 0}", "0"],
    ],
  ),
  ...breaks(
    "app/events/channel.ts",
    ["events/channel"],
    [
      ["the till is the shop", '"129785": { channel: "pos"', '"129785": { channel: "web"'],
      [
        "renewals are purchases",
        'if (source.startsWith("subscription_contract") || isRenewal(order))',
        "if (isRenewal(order))",
      ],
      ["Recharge's first order is a renewal", '&& !tags.includes("subscription first order")', ""],
      ["amazon is no marketplace", '  amazon: "Amazon",\n', ""],
      [
        "an order without any trace came by the shop",
        'return tokens || text(order, "landing_site") !== null || browser',
        "return tokens || true || browser",
      ],
    ],
  ),
  ...breaks(
    "app/events/fields.ts",
    ["events/bad-input", "events/orders", "events/merged", "events/people"],
    [
      [
        "an id is rounded",
        "if (plain && global && plain !== global && Number(plain) === Number(global)) return global;",
        "",
        { tests: ["events/money > an id that went through a float"] },
      ],
      ["an address may have no @", "&& /^[^\\s@]+@[^\\s@]+$/.test(address)", "", { tests: ["events/contacts"] }],
      [
        "30 February is a day",
        "date.getUTCMonth() + 1 === month && date.getUTCDate() === day",
        "date",
        { tests: ["events/bad-input", "events/orders", "doors/fuzz", "delivery/events-road"] },
      ],
      ["an amount may be a word", "value && /^-?\\d{1,20}(\\.\\d{1,10})?$/.test(value) ? value", "value ? value"],
      ["an id may begin with 0", "([1-9]\\d{0,24})", "(\\d{1,25})"],
    ],
  ),
  ...breaks(
    "app/events/json.ts",
    ["events/bad-input", "doors/fuzz"],
    [
      ["a body may be nested without end", "if (depth(text) > deepest)", "if (depth(text) > deepest * 1e6)"],
      ["the first of two names counts", "({ newValue }) => newValue", "({ oldValue }) => oldValue"],
      ["a list is a body", "if (!isFields(json)) throw", 'if (typeof json !== "object") throw'],
    ],
  ),
  ...breaks(
    "app/events/source.ts",
    ["events/carts", "events/orders", "extensions/extensions", "events/shop"],
    [
      ["a click's time is forgotten", "at: own.at ?? clicks.pjclid.at", "at: own.at"],
      [
        "who takes back consent has said nothing",
        'written === "" ? withdrawn :',
        "written === null ? withdrawn :",
        { tests: ["events/people"] },
      ],
      ["the address counts more than the embed", "{ ...landed.clicks, ...clicks }", "{ ...clicks, ...landed.clicks }"],
      [
        "a visitor's id may hold anything",
        "given && /^[\\w.:-]+$/.test(given) ? given : null",
        "given ? given : null",
        { tests: ["events/people > a visitor's id that no browser"] },
      ],
    ],
  ),
  ...breaks(
    "app/events/checkout.ts",
    ["events/carts", "delivery/abandoned", "delivery/checkout-deleted"],
    [
      ["a buyer who cannot be reached gave a contact", "!reachable ||", ""],
      ["a checkout that became an order gives its contact", "|| checkout.completedAt ||", "||"],
      ["a checkout that was deleted gives its contact", "|| isGone)", ")", { tests: ["events/contacts"] }],
    ],
  ),
];
