// Breaks of backfills: what of the time before is told, to whom, and once.
import { breaks } from "./breaks.ts";

export const backfill = [
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
