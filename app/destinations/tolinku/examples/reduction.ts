// What Tolinku is told of a purchase that became less, beside plain refunds: edits, cancellations, refunds in parts.

import type { Example } from "../../example.ts";
import { decimal } from "../../number.ts";
import { happened } from "../../sample-events.ts";
import { order, refund } from "../../samples.ts";
import { buyer, commerce } from "./sample-messages.ts";

const taken = (id: string, revenue: string, currency = "EUR") =>
  commerce({
    ...{ event_type: "refund", transaction_id: id, revenue: decimal(revenue), currency },
    ...{ ...buyer, properties: { order_id: "5500112233445" } },
  });

export const reductions: Example[] = [
  {
    name: "an order that became less is a refund of the difference, with a transaction id of its own",
    event: happened("order.reduced"),
    sends: [taken("5500112233445-reduced-1", "12.50")],
  },
  {
    name: "a test order that became less goes nowhere",
    event: happened("order.reduced", { order: order({ test: true }) }),
    skips: "a test order",
  },
  {
    name: "of a refund that an edit told in part the rest is told",
    event: happened("order.refunded", { part: "2.50" }),
    sends: [taken("5500112233445-refund-920011223", "2.50")],
  },
  {
    name: "what was paid later of the same refund has a transaction id of its own",
    event: happened("order.refunded", { part: "5.00", number: 2 }),
    sends: [taken("5500112233445-refund-920011223-2", "5.00")],
  },
  {
    name: "a refund in two currencies is told as two",
    event: happened("order.refunded", { refund: refund({ others: [{ currency: "SEK", total: "60.00" }] }) }),
    sends: [
      taken("5500112233445-refund-920011223", "12.50"),
      taken("5500112233445-refund-920011223-SEK", "60.00", "SEK"),
    ],
  },
];
