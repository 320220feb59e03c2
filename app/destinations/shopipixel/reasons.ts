// Reasons of ShopiPixel's own, and what its test and its report say.
import { reasonsOf } from "../reasons.ts";

export const REASONS = {
  shopipixel_no_refund_event: "ShopiPixel has no refund event; name a custom event in the settings to send refunds",
  shopipixel_no_money_back: "no money was paid back",
  shopipixel_no_reduction_event:
    "ShopiPixel has no event for that; name a custom event for refunds in the settings to send it",
  shopipixel_ahead: "its time is more than 5 minutes ahead of when it was heard of, and ShopiPixel refuses that",
  shopipixel_result_count: "{results} results for {events} events",
  shopipixel_key_refused:
    "ShopiPixel does not take the key (“{words}”): look under Settings > API there whether it is still active, or make a new one",
  shopipixel_plan: "ShopiPixel asks for an active Enterprise plan: see Billing there (“{words}”)",
  shopipixel_permission: "The key lacks a permission: make a new one under Settings > API (“{words}”)",
  shopipixel_no_result: "no result for this event",
  shopipixel_others_result: "the result at this place is another event's",
  shopipixel_unclear_result: "the result does not say whether the event was taken",
  shopipixel_no_words: "refused without a reason",
  shopipixel_event_unknown:
    "ShopiPixel does not know the event (“{words}”): define it there under Event triggers > Events, active, and send it again",
  shopipixel_too_late: "ShopiPixel takes an event within 24 hours of when it happened, and nothing later (“{words}”)",

  shopipixel_a_day: "ShopiPixel takes an order for 24 hours after it was placed; what is older is not sent.",

  // Its test.
  shopipixel_may_read: "The key is valid and may read events (events:read): what is in doubt can be looked up.",
  shopipixel_without_read:
    "{no}. Without events:read, an event whose answer was lost for 20 minutes cannot be looked up.",
  shopipixel_may_count: "The key may read statistics (stats:read).",
  shopipixel_without_stats: "{no}. Without stats:read, ShopiPixel's own figures cannot be shown here.",
  shopipixel_check_writes: "Whether the key may write events (events:write) is known with the first event.",
  shopipixel_check_limits: "Limits: 1,000 requests an hour for this key, 24 hours from the event to its arrival.",
  shopipixel_unreadable: "ShopiPixel's answer could not be read: {words}",
  shopipixel_key_unknown: "ShopiPixel does not accept this key: it is wrong, expired or revoked (“{words}”).",
  shopipixel_check_failed: "ShopiPixel could not say just now: “{words}”",

  // Its report.
  shopipixel_converted: "Amounts are in {currency}, converted by ShopiPixel day by day.",
  shopipixel_figure: "This is the figure that it calls “{figure}”.",
  shopipixel_percent_untold: "ShopiPixel does not tell whether this is in percent",
} as const;
export const because = reasonsOf(REASONS);
