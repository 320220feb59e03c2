// Breaks of delivering: lanes, batches, doubt.
import { breaks } from "./breaks.ts";

export const delivering = [
  ...breaks(
    "app/delivery/deliver/batches.ts",
    ["delivery/batch-size"],
    [
      ["a batch has one too many", "last.length >= sheet.batch", "last.length > sheet.batch"],
      ["a comma weighs nothing", "JSON.stringify(piece.message.body)) + 1", "JSON.stringify(piece.message.body))"],
    ],
  ),
  ...breaks(
    "app/delivery/deliver/lane.ts",
    ["delivery/lanes > a lane has one runner"],
    [
      [
        "a lane has two runners",
        "(lease_until IS NULL OR lease_until < clock_timestamp())",
        "(lease_until IS NULL OR lease_until < clock_timestamp() OR true)",
      ],
    ],
  ),
  ...breaks(
    "app/delivery/deliver/back-off.ts",
    ["delivery/back-off"],
    [
      ["a back-off has no ceiling", "Math.min(longest, 1_000", "Math.max(longest, 1_000"],
      ["a vendor's wish is not heard", "Math.max(after, Math.round", "Math.max(0, Math.round"],
      [
        "a wait may be longer than the time that is left",
        "(deadline.getTime() - now.getTime()) / 2)",
        "(deadline.getTime() - now.getTime()) * 9)",
      ],
    ],
  ),
  ...breaks(
    "app/delivery/deliver/breaker.ts",
    ["delivery/breaker"],
    [
      ["a lone lane opens the breaker", "AND cardinality(lanes) > 1", "AND cardinality(lanes) > 0"],
      [
        "an open breaker never closes",
        "DELETE FROM host_breaker\n  WHERE host = $1",
        "DELETE FROM host_breaker\n  WHERE host = $1 || host",
      ],
    ],
  ),
  ...breaks(
    "app/delivery/deliver/work.ts",
    ["delivery/refunds"],
    [
      [
        "a refund goes without its purchase",
        'if (delivery.kind !== "order.refunded" && delivery.kind !== "order.reduced") return null',
        "return null",
      ],
      ["a refund never waits", 'patient || delivery.purchase === "due"', "patient && false"],
      [
        "an order waits for the customer in hand",
        'inHand.has(subjectOf("customer", customer))',
        "inHand.has(customer)",
        { tests: ["delivery/customers-first"] },
      ],
      [
        "messages that are settled are sent again",
        "!delivery.settled.includes(number)",
        "delivery.settled.length >= 0",
        { tests: ["delivery/parts-of-one"] },
      ],
      [
        "what is in doubt is sent again whatever the vendor can",
        'if (!delivery.doubtSince) return "send"',
        'return "send"',
        { tests: ["delivery/windows"] },
      ],
      [
        "unknown consent costs no contact data",
        "return strip && told.version === null ? withoutContact(told) : told",
        "return told",
        { tests: ["delivery/consent"] },
      ],
    ],
  ),
  ...breaks(
    "app/delivery/deliver/verdict.ts",
    ["delivery/batches", "delivery/channel-pause"],
    [
      [
        "one no refuses its whole batch",
        'outcomes.length > 1 && outcomes.every(({ is }) => is === "split")',
        "false",
        { tests: ["delivery/outages > a batch that is refused whole"] },
      ],
      [
        "a delivery is done with its first message",
        "after.settled.length >= piece.of",
        "after.settled.length >= 1",
        { tests: ["delivery/parts-of-one"] },
      ],
      [
        "a pause is no pause",
        'if (pause) return { is: "pause"',
        'if (pause && pause.reason === "") return { is: "pause"',
      ],
    ],
  ),
  ...breaks(
    "app/delivery/deliver/settle.ts",
    ["delivery/stop", "delivery/switched-off"],
    [
      [
        "what was switched off is sent",
        "AND c.state = 'on'",
        "",
        { tests: ["delivery/switched-off", "delivery/stop"] },
      ],
      [
        "what arrived after a switch is skipped",
        "CASE WHEN d.state = 'due' THEN true ELSE ${ANSWERED_LATE} END",
        "d.state = 'due'",
        { tests: ["delivery/switched-off", "delivery/stop"] },
      ],
    ],
  ),
];
