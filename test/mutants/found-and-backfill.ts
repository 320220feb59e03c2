// Breaks of what goes behind the webhooks: the looks for what was not told, its retelling, and backfills.
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

const backfill = [
  ...breaks(
    "app/shopify/backfill/backfill.ts",
    ["shopify/backfill-trouble > workers that die"],
    [
      [
        "who has lost a backfill still writes to it",
        "WHERE b.id = $1 AND b.owner = $2",
        "WHERE b.id = $1 AND ($2 <> '')",
        { tests: ["shopify/backfill-left"] },
      ],
    ],
  ),
  ...breaks(
    "app/shopify/backfill/put.ts",
    ["shopify/backfill-trouble > workers that die"],
    [
      [
        "what a dead worker had put on the road is put there again",
        "`backfill:${backfill.id}:${id}`",
        "`backfill:${backfill.id}:${id}:${Math.random()}`",
        { equivalent: "how far it is was noted in the same transaction: the id is a second guard" },
      ],
      [
        "a whole history waits in the lane at once",
        "const MOST_WAITING = 500;",
        "const MOST_WAITING = 5_000;",
        { tests: ["shopify/backfill > only so much"] },
      ],
    ],
  ),
  ...breaks(
    "app/shopify/backfill/tell.ts",
    ["shopify/backfill-trouble > does not know any more"],
    [
      ["an order whose refund is not known holds all", "return tries >= AGAIN;", "return tries < 0;"],
      ["nobody hears what was left out", "else telling.leftOut.push(digits(one.id));", ""],
      [
        "an ill Shopify loses orders",
        'return (await count(ask, piece)).outcome.is === "done";',
        "return true || (await count(ask, piece));",
        { tests: ["shopify/backfill-trouble > at whose refund"] },
      ],
      ["refunds are left out of what is told", "refunds.push(refund);", "", { tests: ["shopify/backfill-left"] }],
    ],
  ),
  ...breaks(
    "app/shopify/backfill/lines.ts",
    ["shopify/backfill-trouble > a file that breaks off"],
    [
      [
        "a file that breaks off between two lines is whole",
        "read < bytes",
        "read < 0",
        { tests: ["shopify/backfill-left"] },
      ],
      [
        "what was read of a file is read again",
        "if (line >= skip) yield read1(text, line);",
        "yield read1(text, line);",
        { tests: ["shopify/backfill-left"] },
      ],
    ],
  ),
  ...breaks(
    "app/shopify/backfill/pieces.ts",
    ["shopify/backfill-trouble > in halves"],
    [["of what is halved the later half is lost", "{ ...first, since: middle }, ...rest", "...rest"]],
  ),
  ...breaks(
    "app/shopify/backfill/end.ts",
    ["shopify/backfill > paused it rests"],
    [
      [
        "what is cancelled is sent all the same",
        "backfill_id = $1 AND state = 'due' AND later",
        "backfill_id = $1 AND state = 'new' AND later",
      ],
      [
        "any shop pauses another's",
        "WHERE shop = $1 AND id::text = $2 AND state IN ('planned', 'running')",
        "WHERE $1 <> '' AND id::text = $2 AND state IN ('planned', 'running')",
      ],
      [
        "what is cancelled goes on at Shopify",
        "operation = CASE WHEN $3 = 'cancelled' AND NOT file_read THEN operation END",
        "operation = CASE WHEN $3 = 'none' AND NOT file_read THEN operation END",
        { tests: ["shopify/backfill-trouble > is cancelled there too"] },
      ],
    ],
  ),
  ...breaks(
    "app/shopify/backfill/let-go.ts",
    ["shopify/backfill-trouble > is cancelled there too"],
    [["an operation is forgotten while Shopify is ill", 'is === "throttled" || is === "ill"', 'is === "throttled"']],
  ),
  ...breaks(
    "app/delivery/normalize/bulk.ts",
    ["shopify/backfill-trouble > makes it quicker"],
    [["the word that a file is ready is not heard", "SET look_at = $3", "SET look_at = greatest(look_at, $3)"]],
  ),
  ...breaks(
    "app/shopify/backfill/plan.ts",
    ["shopify/backfill > beyond ShopiPixel"],
    [
      [
        "a merchant need not confirm that buyers may get mail",
        "plan.takes.warns && !wish.confirmed",
        "plan.takes.warns && wish.confirmed === undefined",
      ],
      ["a vendor is told what is too old for it", "now.getTime() - takes.within", "now.getTime() - 9 * takes.within"],
    ],
  ),
];

export const behindTheWebhooks = [...found, ...retold, ...backfill];
