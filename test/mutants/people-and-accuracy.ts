// Breaks of what is done for people, of a shop's leaving, and of the figure.
import { breaks } from "./breaks.ts";

const people = [
  ...breaks(
    "app/delivery/people/data-requests.ts",
    ["people/data-request > sealed where it lies"],
    [
      [
        "a shop downloads another's file",
        "WHERE shop = $1 AND id = $2 AND file IS NOT NULL",
        "WHERE $1 <> '' AND id = $2 AND file IS NOT NULL",
      ],
      [
        "a file can be had for ever",
        "AND file IS NOT NULL AND until > $3",
        "AND file IS NOT NULL AND $3::timestamptz IS NOT NULL",
      ],
      [
        "a request that names nobody is not written down",
        '  if (!about) {\n    await road.db.query(WRITE, row(null, null, "{}"));\n',
        "  if (!about) {\n",
        { tests: ["people/data-request > names nobody"] },
      ],
    ],
  ),
  ...breaks(
    "app/delivery/people/requests.ts",
    ["people/data-request > holds up no other"],
    [["one that fails holds up all behind it", ".catch((error: unknown) => faults.push(error))", ""]],
  ),
  ...breaks(
    "app/delivery/people/redact-shop.ts",
    ["people/shop-redact > is not erased"],
    [
      [
        "a shop that is back is erased",
        "(await isBackSince(sql, shop, webhook)) ? null : work(sql)",
        "(await isBackSince(sql, shop, webhook)) === null ? null : work(sql)",
      ],
    ],
  ),
  ...breaks(
    "app/delivery/people/clear-shop.ts",
    ["people/shop-redact > nothing of the shop"],
    [["of an erased shop its lists stay", '        "reconciliation",\n', ""]],
  ),
  ...breaks(
    "app/delivery/normalize/kept-keys.ts",
    ["people/shop-redact > counted before"],
    [
      [
        "an erased shop counts twice when it is back",
        "if (hashes.some((hash) => kept.has(hash)))",
        "if (hashes.length === 0)",
      ],
    ],
  ),
  ...breaks(
    "app/programs/queue.ts",
    ["shopify/whole-life"],
    [["the queue's log names shops", 'hash("sha256", shop).slice(0, 32)', "shop.slice(0, hash.length * 99)"]],
  ),
];

const accuracy = [
  ...breaks(
    "app/delivery/accuracy/orders.ts",
    ["delivery/accuracy > each order stands in one place"],
    [
      [
        "of a state the older one counts",
        "ORDER BY destination, account, kind = 'order.updated', version DESC, id DESC",
        "ORDER BY destination, account, kind = 'order.updated', version, id",
        { tests: ["delivery/accuracy > the newest counts"] },
      ],
      [
        "what another account was told counts",
        "d.account = c.account AND d.states",
        "d.account <> '' AND d.states",
        { tests: ["delivery/accuracy > the newest counts"] },
      ],
      [
        "an order of the second in which its connection was made was before",
        "date_trunc('second', c.created_at)",
        "date_trunc('second', c.created_at) + interval '1 s'",
        { tests: ["shopify/whole-life > the figure adds up", "delivery/accuracy"] },
      ],
      [
        "an order is looked up for each connection",
        "WITH told AS MATERIALIZED (",
        "WITH told AS NOT MATERIALIZED (",
        { tests: ["delivery/accuracy-days > 10,000 orders"] },
      ],
      [
        "what an order was worth is forgotten where its vendor was owed no purchase",
        "coalesce(d.worth, (SELECT max(worth) FROM told)) AS worth",
        "d.worth AS worth",
        { tests: ["delivery/accuracy-days > in one currency"] },
      ],
    ],
  ),
  ...breaks(
    "app/delivery/accuracy/days.ts",
    ["delivery/accuracy-kept"],
    [
      ["a day is kept though its orders changed", "AND k.ends > t.at", "AND k.ends < t.at"],
      ["who counts while another does keeps it", "lock?.got ?? false", "lock?.got !== null"],
      ["a day is kept while its orders are young", "ends < now() - ${OVER} AND", "ends IS NOT NULL AND"],
    ],
  ),
  ...breaks(
    "app/delivery/accuracy/send-missing.ts",
    ["delivery/accuracy > sent again"],
    [
      [
        "what was dismissed is said to be too old",
        "WHEN d.dismissed_at IS NOT NULL THEN 'dismissed'",
        "WHEN d.dismissed_at IS NOT NULL THEN 'old'",
      ],
    ],
  ),
  ...breaks(
    "app/delivery/accuracy/vendor-count.ts",
    ["delivery/accuracy-days > vendor's own days"],
    [
      [
        "what was sent is counted by the shop's days",
        "await sentBy(road, shop, id, range, purchases)",
        "daysOf(range).map(() => 0)",
      ],
    ],
  ),
];

export const peopleAndFigure = [...people, ...accuracy];
