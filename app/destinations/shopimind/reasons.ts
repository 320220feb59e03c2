// Reasons of ShopiMind's own.
import { reasonsOf } from "../reasons.ts";

export const REASONS = {
  shopimind_nobody: "nobody known",
  shopimind_triggers_off: "triggers are off",
  shopimind_no_variants: "a product without variants has no price",
  shopimind_no_email: "ShopiMind needs an e-mail",
  shopimind_no_customer: "an order of nobody: ShopiMind's orders need a customer",
  shopimind_some_rejected: "{rejected} of {sent} rejected, without a word on which",
  shopimind_no_words: "rejected without a reason",
  shopimind_no_contact: "ShopiMind knows no such contact ({reason})",
  shopimind_declaration: "{resource}: {words}",
} as const;
export const because = reasonsOf(REASONS);
