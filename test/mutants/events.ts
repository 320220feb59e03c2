// Breaks of the readers of events: money, times, who it was, where it was bought.
import { breaks } from "./breaks.ts";

const MONEY = ["events/money", "events/worth", "destinations/amounts"];
export const money = [
  ...breaks("app/events/decimal.ts", MONEY, [
    [
      "the sum has as many decimals as the shortest",
      "Math.max(0, ...amounts.map(decimals))",
      "Math.min(0, ...amounts.map(decimals))",
    ],
    ["a piece is rounded down", "* 200n + parts) / (parts * 2n)", "* 200n) / (parts * 2n)"],
    [
      "a share is rounded down",
      "* 2n + BigInt(whole)) / (BigInt(whole) * 2n)",
      "* 2n) / (BigInt(whole) * 2n)",
      { tests: ["events/left", "events/history", "delivery/refunds", "destinations/amounts", "events/worth"] },
    ],
    [
      "what is taken is added",
      "units(amount, scale) - units(taken, scale)",
      "units(amount, scale) + units(taken, scale)",
    ],
    [
      "amounts compare as text",
      "units(one, scale) - units(other, scale)",
      "BigInt(one < other ? -1 : one > other ? 1 : 0)",
    ],
    ["an amount below 0 loses its sign", '${amount < 0n ? "-" : ""}${whole}', "${whole}"],
    ["the least is the most", "compare(one, other) <= 0 ? one : other", "compare(one, other) > 0 ? one : other"],
  ]),
  ...breaks("app/events/money.ts", MONEY, [
    ["an amount is taken in any currency", "currencyOf(set, side) === code ? decimal", "code ? decimal"],
    ["shipping is told before its discount", 'objects(line, "discount_allocations")', 'objects(line, "discounts")'],
    [
      "a shipping line that was removed counts",
      'left = lines.filter((line) => !yesNo(line, "is_removed"))',
      "left = lines",
    ],
    [
      "a checkout is in the shop's currency",
      "currency: presented ??",
      "currency:",
      { tests: ["events/money", "destinations/vendors-amounts", "events/carts", "delivery/trip"] },
    ],
    [
      "a buyer's currency that is the shop's is told twice",
      "if (!code || code === shopCurrency) return null",
      "if (!code) return null",
    ],
    [
      "a tip is forgotten",
      'take(order, "total_tip_received") ?? "0",\n    duties: duties(order, inSet)',
      '"0",\n    duties: duties(order, inSet)',
      { tests: ["destinations/vendors-formula", "events/money", "events/worth"] },
    ],
    [
      "taxes are forgotten",
      'take(order, "total_tax") ?? "0",\n    shipping: shipping(order, take) ?? inSet',
      '"0",\n    shipping: shipping(order, take) ?? inSet',
    ],
  ]),
  ...breaks(
    "app/events/money-back.ts",
    ["events/money", "delivery/refund-currency", "delivery/refunds"],
    [
      [
        "a payment that failed gave money back",
        '(one) => word(one, "status") === "success"',
        '(one) => word(one, "status") !== "nothing"',
        { tests: ["events/money", "delivery/refunds", "events/history"] },
      ],
      ["adjustments are added", "less(sum(...given), sum(...taken))", "sum(...given, ...taken)"],
      ["refunded shipping counts twice", "    { back: shipped, adjusted },\n", ""],
      ["the second currency of a refund is dropped", "code && !isZero(total) ? { currency: code, total } : []", "[]"],
    ],
  ),
  ...breaks(
    "app/events/reckon.ts",
    ["events/history", "delivery/refunds", "events/worth"],
    [
      ["a refund is told before it is decided that it may", "|| mustWait(account, id)) continue", ") continue"],
      ["more of a refund is told as all of it", "const times = one.times + 1", "const times = 1"],
      ["a refund takes off what an edit took off", "base && !isBlind(account) ? least(", "!base ? least("],
      ["a reduction has the number of the last one", "number: before.reductions + 1", "number: before.reductions"],
      ["what was added is told each time", "if (isZero(more)) return null", "if (isZero(raise)) return null"],
    ],
  ),
  ...breaks(
    "app/events/owed.ts",
    ["events/worth", "events/left", "events/history"],
    [
      ["a cancelled order that was never paid is worth what it was", '    return "0";\n', "    return told.total;\n"],
      ["what went back is no part of a purchase", "as(least(sum(now, back), ever))", "as(least(now, ever))"],
      ["a purchase may be worth more than the order ever was", "as(least(sum(now, back), ever))", "as(sum(now, back))"],
      [
        "pending money has gone back for good",
        "refunds.flatMap(({ paid, awaited }) => [paid, awaited])",
        "refunds.flatMap(({ paid }) => [paid])",
      ],
      [
        "voided orders were paid",
        '["paid", "partially_refunded", "refunded"]',
        '["paid", "partially_refunded", "refunded", "voided"]',
      ],
    ],
  ),
  ...breaks(
    "app/events/refund.ts",
    ["events/money", "events/orders", "delivery/refunds"],
    [
      ["a refund of no money is told", "if (isZero(facts.paid)) return null", ""],
      ["a refund's item has all pieces of the line", "    quantity,\n    discount", "    discount"],
      ["a refund of an order's own kind has no key of its own", '["refund", refund.id,', '["refund", refund.orderId,'],
    ],
  ),
];

const ORDERS = ["events/orders", "events/history", "delivery/which-orders"];
export const readers = [
  ...breaks("app/events/order.ts", ORDERS, [
    ["a purchase is keyed by its customer", "key: `purchase:${order.id}`", "key: `purchase:${order.customer?.id}`"],
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
    ["delivery/which-orders", "events/orders", "events/places"],
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
      ],
      [
        "an address may have no @",
        "&& /^[^\\s@]+@[^\\s@]+$/.test(address)",
        "",
        { tests: ["events/contacts", "events/people", "events/bad-input"] },
      ],
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
      ["who takes back consent has said nothing", 'written === "" ? withdrawn :', "written === null ? withdrawn :"],
      ["the address counts more than the embed", "{ ...landed.clicks, ...clicks }", "{ ...clicks, ...landed.clicks }"],
      [
        "a visitor's id may hold anything",
        "given && /^[\\w.:-]+$/.test(given) ? given : null",
        "given ? given : null",
        { tests: ["events/carts", "events/bad-input", "events/orders", "doors/pixel"] },
      ],
    ],
  ),
  ...breaks(
    "app/events/checkout.ts",
    ["events/carts", "delivery/abandoned", "delivery/checkout-deleted"],
    [
      ["a buyer who cannot be reached gave a contact", "!reachable ||", ""],
      ["a checkout that became an order gives its contact", "|| checkout.completedAt ||", "||"],
      ["a checkout that was deleted gives its contact", "|| isGone)", ")"],
    ],
  ),
];
