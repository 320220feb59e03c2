// Reasons of Tolinku's own.
import { reasonsOf } from "../reasons.ts";

export const REASONS = {
  tolinku_nothing_back: "nothing was paid back",
  tolinku_nothing_changed: "nothing was added or removed",
  tolinku_free_plan: "{words}: the appspace's plan has no ecommerce events: it needs a paid plan",
  tolinku_plan_used_up:
    "{words}: the appspace has used up its plan for this month: a higher plan, or the next billing month, opens it again",
  tolinku_frozen: "{words}: the appspace is frozen because of its billing: mend the payment method at Tolinku",
  tolinku_events_used_up: "{words}: the plan's events for this month are used up",
  tolinku_counts_apart: "Tolinku accepted {accepted} of {sent} and named {refused} that it refused",
} as const;
export const because = reasonsOf(REASONS);
