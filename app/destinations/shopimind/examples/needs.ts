// What must be known to ShopiMind before a message is sent.
import type { Message } from "../../destination.ts";
import type { Example } from "../../example.ts";
import { product } from "../../sample-catalog.ts";
import { happened } from "../../sample-events.ts";
import { order } from "../../samples.ts";
import { carrier, maker, paid, source, status, type } from "./sample-declarations.ts";

const message = (channel: string, body: object = {}): Message => ({ channel, id: "1", body });

export const needsExamples: Example[] = [
  {
    name: "an order needs its status and its carrier",
    event: happened("order.updated"),
    message: message("orders"),
    needs: [source, paid, carrier],
  },
  {
    name: "a state that has no words of its own is named after itself; without shipping there is no carrier",
    event: happened("order.updated", { order: order({ financialStatus: "partially_refunded", carrier: null }) }),
    message: message("orders"),
    needs: [source, status("partially_refunded", "Partially refunded")],
  },
  {
    name: "a product needs its maker",
    event: happened("product.saved"),
    message: message("products"),
    needs: [source, maker],
  },
  {
    name: "a product of no known maker needs none",
    event: happened("product.saved", { product: product({ vendor: null }) }),
    message: message("products"),
    needs: [source],
  },
  {
    name: "a customer needs nothing but the source",
    event: happened("customer.saved"),
    message: message("customers"),
    needs: [source],
  },
  {
    name: "a trigger needs its event type",
    event: happened("checkout.contact_given"),
    message: message("triggers", { code_name: "shopify_checkout_started" }),
    needs: [type],
  },
  { name: "a deletion needs nothing", event: happened("product.deleted"), message: message("deletions"), needs: [] },
];
