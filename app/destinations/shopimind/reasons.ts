// Reasons of ShopiMind's own, and what its test and its report say.
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
  shopimind_declaration: "ShopiMind did not take what this needs there, {resource}: {words}",

  shopimind_may_write:
    "ShopiMind's scenarios may write to buyers about orders and customers that are new to ShopiMind, however old they are. Switch such scenarios off there first.",

  // Its test.
  shopimind_check_writes: "Whether the key may write customers, orders and products is known with the first event",
  shopimind_check_limit: "ShopiMind takes 600 requests a minute with one key",
  shopimind_key_refused: "ShopiMind does not accept this key (“{words}”)",
  shopimind_unreadable: "ShopiMind's answer could not be read ({words})",
  shopimind_contacts_closed: "The key is known, but may not read contacts (“{words}”)",
  shopimind_check_failed: "ShopiMind could not say just now (“{words}”)",
  shopimind_key_valid: "The key is valid",
  shopimind_key_valid_counted: "The key is valid; ShopiMind has {contacts} contacts of this shop",
  shopimind_sources_unreadable: "The data sources could not be read ({words})",
  shopimind_no_source: "ShopiMind has no data source {source}",
  shopimind_source_chosen: "What is sent belongs to the data source “{source}”",
  shopimind_source_declared: "An own data source is declared with the first event",
  shopimind_source_there: "The own data source “{source}” is there; to have all of it belong to it, enter {number}",

  // Its report.
  shopimind_no_dates:
    "ShopiMind's API has no figures by date: these are the counts of now, some seconds behind what was accepted.",
  shopimind_contacts: "Contacts",
  shopimind_customers: "Customers",
  shopimind_orders: "Orders",
  shopimind_products: "Products",
  shopimind_carts: "Carts",
  shopimind_uncounted: "{label}: {words}",
  shopimind_count_untold: "{label}: ShopiMind did not say how many",
} as const;
export const because = reasonsOf(REASONS);
