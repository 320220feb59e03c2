// What ShopiMind is told of carts and checkouts, and when.
import type { Message } from "../../destination.ts";
import type { Example } from "../../example.ts";
import { decimal } from "../../number.ts";
import { happened } from "../../sample-events.ts";
import { checkout } from "../../samples.ts";

const ON = { triggers: "on" };
const facts = {
  checkout_token: "k1-77aa01",
  total: decimal("29.90"),
  currency: "EUR",
  item_count: 2,
  recovery_url: "https://shop.example.com/checkouts/k1-77aa01/recover",
};
const fired = (code_name: string, contact: object, metaData: object = facts): Message => ({
  channel: "triggers",
  id: `${code_name}:k1-77aa01`,
  body: { code_name, heard_at: "2026-11-21T08:30:01.250Z", trigger: { contact, metaData } },
  userId: "6401230098",
});
const started = "shopify_checkout_started";

export const checkoutExamples: Example[] = [
  {
    name: "a checkout has started once its buyer can be reached",
    settings: ON,
    event: happened("checkout.contact_given"),
    sends: [fired(started, { email: "mara@example.com" })],
  },
  {
    name: "a buyer with a phone number alone is reached by that",
    settings: ON,
    event: happened("checkout.contact_given", {
      checkout: checkout({ email: null, phone: "+493099999999", recoveryUrl: null }),
    }),
    sends: [
      fired(
        started,
        { phone: "+493099999999" },
        { checkout_token: "k1-77aa01", total: decimal("29.90"), currency: "EUR", item_count: 2 },
      ),
    ],
  },
  {
    name: "an abandoned checkout is an event of its own",
    settings: ON,
    event: happened("checkout.abandoned"),
    sends: [fired("shopify_checkout_abandoned", { email: "mara@example.com" })],
  },
  {
    name: "a buyer with neither is nobody to ShopiMind",
    settings: ON,
    event: happened("checkout.contact_given", { checkout: checkout({ email: null, phone: null }) }),
    skips: "nobody known",
  },
  {
    name: "triggers are off until the merchant has scenarios",
    event: happened("checkout.contact_given"),
    skips: "triggers are off",
  },
  { name: "a cart names no person", settings: ON, event: happened("cart.changed"), skips: "nobody known" },
  { name: "carts are silent while triggers are off", event: happened("cart.changed"), skips: "triggers are off" },
];
