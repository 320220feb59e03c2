// What ShopiPixel is told of each event.

import type { Examples } from "../../example.ts";
import { decimal } from "../../number.ts";
import { happened, NOW } from "../../sample-events.ts";
import { amounts, checkout, item, order, refund } from "../../samples.ts";
import { answerExamples } from "./answer.ts";
import { cartExamples } from "./cart.ts";
import { readExamples } from "./read.ts";
import { reductionExamples } from "./reduction.ts";

const eventTime = 1795249800; // 2026-11-21T09:30:00+01:00
const userData = { email: "mara@example.com", phone: "+493099999999" };
const mug = { id: "7290001112223", quantity: 2, itemPrice: decimal("12.50") };
const contents = { contents: [mug], contentIds: ["7290001112223"] };
const one = { contents: [{ ...mug, quantity: 1 }], contentIds: ["7290001112223"] };
const event = (id: string, body: object) => ({ channel: "events", id, body: { eventId: id, eventTime, ...body } });

const bought = { currency: "EUR", value: decimal("29.90"), orderId: "5500112233445", ...contents };
const purchase = (change: object = {}) =>
  event("purchase_5500112233445", { eventName: "Purchase", userData, customData: bought, ...change });

export default {
  now: NOW,
  settings: { apiKey: "sp_example" },
  cases: [
    { name: "an order is a Purchase with the time in seconds", event: happened("order.placed"), sends: [purchase()] },
    {
      name: "a buyer without e-mail and phone is sent without userData",
      event: happened("order.placed", { order: order({ email: null, phone: null }) }),
      sends: [purchase({ userData: undefined })],
    },
    {
      name: "a time of up to 5 minutes ahead is the difference of two clocks",
      event: happened("order.placed", { occurredAt: "2026-11-21T08:35:00Z", heardAt: "2026-11-21T08:30:00.000Z" }),
      sends: [purchase({ eventTime: 1795250100 })],
    },
    {
      name: "a time further ahead is a wrong one, of an imported or scheduled order, and would be refused",
      event: happened("order.placed", { occurredAt: "2026-11-21T08:35:01Z", heardAt: "2026-11-21T08:30:00.000Z" }),
      skips: "its time is more than 5 minutes ahead of when it was heard of, and ShopiPixel refuses that",
    },
    {
      name: "a missing phone is left out, not sent empty",
      event: happened("order.placed", { order: order({ phone: null }) }),
      sends: [purchase({ userData: { email: "mara@example.com" } })],
    },
    {
      name: "an order paid in another currency goes in the shop's, amounts and currency together",
      event: happened("order.placed", {
        order: order({ presentment: amounts({ currency: "SEK", total: "340.00" }) }),
      }),
      sends: [purchase()],
    },
    {
      name: "yen have no decimals, and an id above 2^53 stays exact",
      event: happened("order.placed", {
        order: order({
          id: "90071992547409931",
          amounts: amounts({ currency: "JPY", total: "1000" }),
          items: [item({ price: "500" })],
        }),
      }),
      sends: [
        event("purchase_90071992547409931", {
          eventName: "Purchase",
          userData,
          customData: {
            ...contents,
            currency: "JPY",
            value: decimal("1000"),
            orderId: "90071992547409931",
            contents: [{ ...mug, itemPrice: decimal("500") }],
          },
        }),
      ],
    },
    {
      name: "a custom line has no product and stays out of the contents, but counts in the value",
      event: happened("order.placed", { order: order({ items: [item(), item({ productId: null })] }) }),
      sends: [purchase()],
    },
    {
      name: "a refund is skipped as long as no event is named for it",
      event: happened("order.refunded"),
      skips: "ShopiPixel has no refund event; name a custom event in the settings to send refunds",
    },
    {
      name: "a refund goes as the merchant's custom event, with an id of its own",
      settings: { refundEvent: "OrderRefunded" },
      event: happened("order.refunded"),
      sends: [
        event("refund_920011223", {
          eventName: "OrderRefunded",
          userData,
          customData: { currency: "EUR", value: decimal("12.50"), orderId: "5500112233445", ...one },
        }),
      ],
    },
    {
      name: "a refund told in the buyer's currency names no prices, which are in the shop's",
      settings: { refundEvent: "OrderRefunded" },
      event: happened("order.refunded", { refund: refund({ currency: "SEK", total: "142.00" }) }),
      sends: [
        event("refund_920011223", {
          eventName: "OrderRefunded",
          userData,
          customData: {
            currency: "SEK",
            value: decimal("142.00"),
            orderId: "5500112233445",
            contents: [{ id: "7290001112223", quantity: 1 }],
            contentIds: ["7290001112223"],
          },
        }),
      ],
    },
    {
      name: "goods taken back without money are no refund",
      settings: { refundEvent: "OrderRefunded" },
      event: happened("order.refunded", { refund: refund({ total: "0" }) }),
      skips: "no money was paid back",
    },
    ...cartExamples,
    {
      name: "a checkout is an InitiateCheckout, known by its token",
      event: happened("checkout.started", { checkout: checkout() }),
      sends: [
        event("ic_k1-77aa01", {
          eventName: "InitiateCheckout",
          userData: { email: "mara@example.com" },
          customData: { currency: "EUR", value: decimal("29.90"), ...contents },
        }),
      ],
    },
    {
      name: "a page view carries no address of the page",
      event: happened("page.viewed"),
      sends: [event("pv_98501ea89513", { eventName: "PageView" })],
    },
    {
      name: "a product view is a ViewContent",
      event: happened("product.viewed"),
      sends: [
        event("vc_8862d0eed1a4", {
          eventName: "ViewContent",
          customData: { currency: "EUR", value: decimal("12.50"), ...one },
        }),
      ],
    },
    ...reductionExamples,
    ...answerExamples,
    ...readExamples,
  ],
} satisfies Examples;
