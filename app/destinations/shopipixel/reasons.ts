// Reasons of ShopiPixel's own.
import { reasonsOf } from "../reasons.ts";

export const REASONS = {
  shopipixel_no_refund_event: "ShopiPixel has no refund event; name a custom event in the settings to send refunds",
  shopipixel_no_money_back: "no money was paid back",
  shopipixel_no_reduction_event:
    "ShopiPixel has no event for that; name a custom event for refunds in the settings to send it",
  shopipixel_ahead: "its time is more than 5 minutes ahead of when it was heard of, and ShopiPixel refuses that",
  shopipixel_result_count: "{results} results for {events} events",
  shopipixel_key_refused:
    "{words}: look under Settings > API at ShopiPixel whether the key is still active, or make a new one",
  shopipixel_plan: "ShopiPixel asks for an active Enterprise plan: see Billing there ({words})",
  shopipixel_permission: "The key lacks a permission: make a new one under Settings > API ({words})",
  shopipixel_no_result: "no result for this event",
  shopipixel_others_result: "the result at this place is another event's",
  shopipixel_unclear_result: "the result does not say whether the event was taken",
  shopipixel_no_words: "refused without a reason",
  shopipixel_event_unknown:
    "{words}: define the event at ShopiPixel under Event triggers > Events, active, and send it again",
  shopipixel_too_late: "{words}: ShopiPixel takes an event within 24 hours of when it happened, and nothing later",
} as const;
export const because = reasonsOf(REASONS);
