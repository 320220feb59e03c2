// The binding words of states and events, as a merchant reads them.
import type { BadgeProps } from "@shopify/polaris";

type Look = Pick<BadgeProps, "tone" | "progress">;

/** `progress` is a shape: the states can be told apart without colour. */
const DELIVERY: Record<string, Look & { word: string; means: string }> = {
  due: {
    word: "Waiting",
    tone: "info",
    progress: "partiallyComplete",
    means: "It is sent as soon as the vendor takes it.",
  },
  delivered: { word: "Delivered", tone: "success", progress: "complete", means: "The vendor took it." },
  skipped: { word: "Skipped", progress: "incomplete", means: "Rightly not sent." },
  superseded: { word: "Superseded", progress: "incomplete", means: "A newer state was sent in its place." },
  expired: {
    word: "Expired",
    tone: "warning",
    progress: "incomplete",
    means: "The time in which the vendor takes it is over.",
  },
  refused: { word: "Refused", tone: "critical", progress: "incomplete", means: "The vendor said no." },
  unknown: {
    word: "Unknown",
    tone: "warning",
    progress: "partiallyComplete",
    means: "It may have arrived; the vendor cannot tell.",
  },
};
const OTHER = { word: "?", tone: undefined, progress: undefined, means: "" };

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param deliveredAs the vendor's word for `delivered`, from its data sheet. */
export function deliveryWords(state: string, deliveredAs = "delivered") {
  const words = DELIVERY[state] ?? { ...OTHER, word: state };
  if (state !== "delivered" || deliveredAs === "delivered") return words;
  return { ...words, word: capital(deliveredAs), means: `The vendor ${deliveredAs} it.` };
}

const CONNECTION: Record<string, Look & { word: string }> = {
  on: { word: "On", tone: "success", progress: "complete" },
  paused: { word: "Paused", tone: "attention", progress: "partiallyComplete" },
  "paused in part": { word: "Partly paused", tone: "attention", progress: "partiallyComplete" },
  struggling: { word: "Not getting through", tone: "warning", progress: "partiallyComplete" },
  off: { word: "Off", progress: "incomplete" },
};
export const connectionWords = (state: string) => CONNECTION[state] ?? { ...OTHER, word: state };

const KINDS: Record<string, string> = {
  "order.placed": "Order placed",
  "order.paid": "Order paid",
  "order.updated": "Order updated",
  "order.cancelled": "Order cancelled",
  "order.refunded": "Refund",
  "order.reduced": "Order reduced",
  "order.raised": "Order raised",
  "order.deleted": "Order deleted",
  "cart.created": "Cart started",
  "cart.changed": "Cart changed",
  "checkout.started": "Checkout started",
  "checkout.contact_given": "Contact given at checkout",
  "checkout.payment_info_given": "Payment details given",
  "checkout.abandoned": "Checkout abandoned",
  "customer.saved": "Customer",
  "customer.deleted": "Customer deleted",
  "customer.merged": "Customers merged",
  "customer.consent_changed": "Marketing consent",
  "product.saved": "Product",
  "product.deleted": "Product deleted",
  "collection.saved": "Collection",
  "collection.deleted": "Collection deleted",
  "page.viewed": "Page viewed",
  "product.viewed": "Product viewed",
  "collection.viewed": "Collection viewed",
  "cart.viewed": "Cart viewed",
  "search.submitted": "Search",
};
export const kindWords = (kind: string): string => KINDS[kind] ?? kind;

/** "Delivered." from "delivered": reasons are kept as they were said, and shown as sentences. */
export const sentence = (text: string): string => {
  const said = capital(text.trim());
  return /[.!?]$/.test(said) ? said : `${said}.`;
};
