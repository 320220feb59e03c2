// Why a webhook cannot be read. Without personal data: a body's words are never among the values.
import { reasonsOf } from "../base/reason.ts";

export const EVENT_REASONS = {
  body_empty: "The body is empty.",
  body_no_json: "The body is not JSON.",
  body_breaks_off: "The body is not JSON: it breaks off at character {place}.",
  body_no_object: "The body is JSON, but not an object.",
  body_too_deep: "The body is nested more than {depth} deep.",
  body_no_shop: "The body is not a shop's.",
  body_no_scopes: "The body does not say which scopes are granted.",
  shop_another: "The body names another shop than the header.",
  shop_unsaid: "The body does not say which shop it is of, and without that this topic has no effect.",
  field_missing: 'The field "{field}" is missing.',
  field_not: 'The field "{field}" is not {what}.',
  a_list: "a list",
  a_text: "a text",
  a_cart_token: "a cart token",
  a_checkout_token: "a checkout token",
  an_id: "an id",
  a_currency_code: "a currency code",
  an_amount: "an amount",
  a_zoned_time: "a time with a zone",
  field_too_long: 'The field "{field}" has more than {most} entries.',
  consent_unknown_state: 'The field "email_marketing_consent.state" is none of the known states of a consent.',
  time_unsaid: "X-Shopify-Triggered-At names no time, so that it has no effect.",
  time_ahead: "X-Shopify-Triggered-At is in the future, so that it has no effect.",
  time_long_ago: "X-Shopify-Triggered-At is longer ago than Shopify tries, so that it has no effect.",
  reader_failed: "The reader of {topic} failed ({fault}).",
} as const;
/** What a field should be. */
export type What = Extract<keyof typeof EVENT_REASONS, `a_${string}` | `an_${string}`>;
export const because = reasonsOf(EVENT_REASONS);
