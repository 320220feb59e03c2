// Breaks of money: what an order is worth, and what goes back.
import { breaks } from "./breaks.ts";

const MONEY = ["events/money", "events/worth", "destinations/amounts"];
export const money = [
  ...breaks(
    "app/events/decimal.ts",
    ["events/decimal"],
    [
      [
        "the sum has as many decimals as the shortest",
        "Math.max(0, ...amounts.map(decimals))",
        "Math.min(0, ...amounts.map(decimals))",
      ],
      ["a piece is rounded down", "* 200n + parts) / (parts * 2n)", "* 200n) / (parts * 2n)"],
      ["a share is rounded down", "* 2n + BigInt(whole)) / (BigInt(whole) * 2n)", "* 2n) / (BigInt(whole) * 2n)"],
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
    ],
  ),
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
      { tests: ["events/money > what was paid in the shop's own currency"] },
    ],
    [
      "a tip is forgotten",
      'take(order, "total_tip_received") ?? "0",\n    duties: duties(order, inSet)',
      '"0",\n    duties: duties(order, inSet)',
      { tests: ["events/money > a tip that is told beside"] },
    ],
    [
      "taxes are forgotten",
      'take(order, "total_tax") ?? "0",\n    shipping: shipping(order, take) ?? inSet',
      '"0",\n    shipping: shipping(order, take) ?? inSet',
    ],
  ]),
  ...breaks(
    "app/events/money-back.ts",
    ["events/money", "events/parts", "delivery/refund-currency"],
    [
      [
        "a payment that failed gave money back",
        '(one) => word(one, "status") === "success"',
        '(one) => word(one, "status") !== "nothing"',
        { tests: ["events/money", "events/history"] },
      ],
      ["adjustments are added", "less(sum(...given), sum(...taken))", "sum(...given, ...taken)"],
      ["refunded shipping counts twice", "    { back: shipped, adjusted },\n", ""],
      [
        "the second currency of a refund is dropped",
        "code && !isZero(total) ? { currency: code, total } : []",
        "[]",
        { tests: ["events/parts"] },
      ],
    ],
  ),
  ...breaks(
    "app/events/reckon.ts",
    ["events/parts", "events/history", "events/worth"],
    [
      ["a refund is told before it is decided that it may", "|| mustWait(account, id)) continue", ") continue"],
      ["more of a refund is told as all of it", "const times = one.times + 1", "const times = 1"],
      [
        "a refund takes off what an edit took off",
        "base && !isBlind(account) ? least(",
        "base && isBlind(account) ? least(",
      ],
      ["a reduction has the number of the last one", "number: before.reductions + 1", "number: before.reductions"],
      ["what was added is told each time", "if (isZero(more)) return null", "if (isZero(raise)) return null"],
    ],
  ),
  ...breaks(
    "app/events/owed.ts",
    ["events/parts", "events/left", "events/worth", "events/history"],
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
    ["events/parts", "events/money", "events/orders"],
    [
      ["a refund of no money is told", "if (isZero(facts.paid)) return null", ""],
      ["a refund's item has all pieces of the line", "    quantity,\n    discount", "    discount"],
      ["a refund of an order's own kind has no key of its own", '["refund", refund.id,', '["refund", refund.orderId,'],
    ],
  ),
];
