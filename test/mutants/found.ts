// Breaks of what goes behind the webhooks: the looks for what was not told, and its retelling.
import { breaks } from "./breaks.ts";

const found = [
  ...breaks(
    "app/shopify/found/look.ts",
    ["shopify/found > within two minutes"],
    [
      [
        "what Shopify may still tell is said to be missing",
        "const GRACE_MS = 2 * MINUTE;",
        "const GRACE_MS = 0 * MINUTE;",
      ],
      [
        "a look begins where the one before ended, though the list lags",
        "const OVERLAP_MS = 10 * MINUTE;",
        "const OVERLAP_MS = 0 * MINUTE;",
        { tests: ["shopify/found-hard-times > index that lags"] },
      ],
      [
        "one order that cannot be told ends the look",
        "if (ENDS_ALL.has(told.why.is) || (failed",
        "if (!ENDS_ALL.has(told.why.is) || (failed",
        { tests: ["shopify/found-hard-times > holds up none of the others, and is found"] },
      ],
      [
        "what could not be told is never looked for again",
        "await marks.noteUntold(",
        "await (async (..._: unknown[]) => {})(",
        { tests: ["shopify/found-hard-times > holds up none of the others, and is found"] },
      ],
      [
        "what was found counts as Shopify's own webhook",
        'origin: "reconciliation"',
        'origin: "shopify"',
        { tests: ["shopify/found > ten withheld"] },
      ],
    ],
  ),
  ...breaks(
    "app/shopify/found/missing.ts",
    ["shopify/found > found inside their order"],
    [
      [
        "an order that is known in any state is whole",
        `AND e.occurred_at >= t."updatedAt")`,
        `AND e.occurred_at <= t."updatedAt")`,
      ],
      [
        "a product is told again at every look",
        `split_part(s.version, '|', 1)::timestamptz >= t."updatedAt"`,
        `split_part(s.version, '|', 1)::timestamptz > t."updatedAt"`,
        { tests: ["shopify/found > customers and products"] },
      ],
    ],
  ),
  ...breaks(
    "app/shopify/found/marks.ts",
    ["shopify/found > another shop"],
    [["a shop that has left is looked through", "s.uninstalled_at IS NULL\n", "s.domain IS NOT NULL\n"]],
  ),
];

const retold = [
  ...breaks(
    "app/shopify/retold/order.ts",
    ["shopify/retold > an order of the sandbox"],
    [
      [
        "an order that only its browser shows to be a buyer's is said to be nobody's",
        "...(came ? {",
        "...(came !== undefined ? {",
        { tests: ["shopify/retold-more > only its browser"] },
      ],
      ["a voided order was paid", "displayFinancialStatus ? word(displayFinancialStatus) : null", '"paid"'],
      [
        "what is left of an order is what it was",
        '...twice("current_total_price", node.currentTotalPriceSet)',
        '...twice("current_total_price", node.totalPriceSet)',
        { tests: ["shopify/retold > edited, added to"] },
      ],
    ],
  ),
  ...breaks(
    "app/shopify/retold/retell.ts",
    ["shopify/retold-more > more lines"],
    [
      ["an order has the lines of its first page", "lines.push(...more.data.order.lineItems.nodes);", ""],
      [
        "half an order is told where a scope is missing",
        'outcome.lacks.find(({ is }) => is !== "not approved")',
        'outcome.lacks.find(({ is }) => is === "refused")',
        { tests: ["shopify/retold-more > half an order"] },
      ],
    ],
  ),
];

export const behindTheWebhooks = [...found, ...retold];
