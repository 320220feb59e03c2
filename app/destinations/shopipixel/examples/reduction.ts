// What ShopiPixel is told of a purchase that became less, beside plain refunds: edits, cancellations, refunds in parts.

import type { Example } from "../../example.ts";
import { decimal } from "../../number.ts";
import { happened } from "../../sample-events.ts";
import { refund } from "../../samples.ts";

const settings = { refundEvent: "OrderRefunded" };
const said = (eventId: string, customData: object) => ({
  channel: "events",
  id: eventId,
  body: {
    ...{ eventName: "OrderRefunded", eventId, eventTime: 1795249800 },
    userData: { email: "mara@example.com", phone: "+493099999999" },
    customData: { currency: "EUR", orderId: "5500112233445", ...customData },
  },
});
const nothing = { contents: [], contentIds: [] };
const one = { contentIds: ["7290001112223"], contents: [{ id: "7290001112223", quantity: 1 }] };
const priced = { ...one, contents: [{ ...one.contents[0], itemPrice: decimal("12.50") }] };

export const reductionExamples: Example[] = [
  {
    name: "an order that became less goes as the merchant's custom event, with an id of its own",
    settings,
    event: happened("order.reduced"),
    sends: [said("reduced_5500112233445_1", { value: decimal("12.50"), ...nothing })],
  },
  {
    name: "an order that became less is skipped as long as no event is named for it",
    event: happened("order.reduced"),
    skips: "ShopiPixel has no event for that; name a custom event for refunds in the settings to send it",
  },
  {
    name: "of a refund that an edit told in part the rest is told",
    settings,
    event: happened("order.refunded", { part: "2.50" }),
    sends: [said("refund_920011223", { value: decimal("2.50"), ...priced })],
  },
  {
    name: "what was paid later of the same refund has an id of its own",
    settings,
    event: happened("order.refunded", { part: "5.00", number: 2 }),
    sends: [said("refund_920011223_2", { value: decimal("5.00"), ...priced })],
  },
  {
    name: "a refund in two currencies is told as two",
    settings,
    event: happened("order.refunded", { refund: refund({ others: [{ currency: "SEK", total: "60.00" }] }) }),
    sends: [
      said("refund_920011223", { value: decimal("12.50"), ...priced }),
      said("refund_920011223_SEK", { currency: "SEK", value: decimal("60.00"), ...nothing }),
    ],
  },
];
