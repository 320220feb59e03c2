-- What was read out of an attempt's words is a column of its own.

ALTER TABLE attempt ADD COLUMN failed BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE attempt ADD COLUMN split BOOLEAN NOT NULL DEFAULT false;
UPDATE attempt SET failed = outcome !~ '^([0-9]+ )?(delivered|skipped)(, [0-9]+ (delivered|skipped))*$', split = outcome ~ '^([0-9]+ )?split$'
  WHERE outcome IS NOT NULL;
DROP INDEX attempt_failed;
CREATE INDEX attempt_failed ON attempt (connection_id, started_at) WHERE failed AND finished_at IS NOT NULL;

-- A reason is a code with its values; its sentence is made where it is shown. What is stored is brought along: sentences of ours become
-- their codes, all others are kept as they were told.

CREATE TABLE reason_known (code text, says text PRIMARY KEY);
INSERT INTO reason_known VALUES
  ('never_told', 'what was taken off the order had never been told'),
  ('refunds_off', 'refunds are switched off, and what was taken off goes with them'),
  ('before_connection', 'it happened before this connection was made'),
  ('edited_before', 'what went back was taken off before, by an edit'),
  ('cancelled_unpaid', 'it was cancelled before anything was paid'),
  ('point_of_sale', 'an order of the point of sale'),
  ('renewal', 'a subscription''s renewal'),
  ('buyer_not_seen', 'an order whose buyer is not known to have been in the shop'),
  ('no_country', 'not one of this connection''s countries (no country known)'),
  ('consent_not_known', 'the visitor''s consent is not known'),
  ('switched_off', 'switched off'),
  ('disconnected', 'disconnected'),
  ('uninstalled', 'uninstalled'),
  ('kind_switched_off', 'this kind of event is switched off'),
  ('account_before', 'it was owed to the account before'),
  ('erased', 'the customer was erased'),
  ('no_room', 'left out: the vendor''s limit of requests is needed for what matters more'),
  ('paused_by_merchant', 'paused by the merchant'),
  ('newer_sent', 'a newer state was sent instead'),
  ('newer_known', 'a newer state was known already'),
  ('waits_for_purchase', 'waits for its purchase'),
  ('waits_for_customer', 'waits for its customer'),
  ('purchase_not_counted', 'its purchase was not counted here'),
  ('not_taken', 'this destination does not take it any more'),
  ('nothing_to_say', 'there is nothing to say'),
  ('no_outcome', 'no outcome'),
  ('words_unkept', 'the vendor''s words cannot be kept'),
  ('cannot_tell', 'its answer was lost, and the vendor cannot tell whether it arrived'),
  ('worker_ended', 'the worker ended before the answer came'),
  ('not_there', 'the vendor did not have it; it is sent again'),
  ('not_there_late', 'the vendor does not have it, and the time to send it is over'),
  ('sent_as_wished', 'the vendor cannot tell whether it has it; it is sent again, as was wished'),
  ('too_late', 'not sent in time'),
  ('doubt_over', 'it may have arrived; the time to send it again is over'),
  ('only_asked', 'its answer was lost and its time is over; the vendor is asked whether it has it'),
  ('body_empty', 'The body is empty.'),
  ('body_no_json', 'The body is not JSON.'),
  ('body_no_object', 'The body is JSON, but not an object.'),
  ('body_no_shop', 'The body is not a shop''s.'),
  ('shop_another', 'The body names another shop than the header.'),
  ('shop_unsaid', 'The body does not say which shop it is of, and without that this topic has no effect.'),
  ('consent_unknown_state', 'The field "email_marketing_consent.state" is none of the known states of a consent.'),
  ('time_unsaid', 'X-Shopify-Triggered-At names no time, so that it has no effect.'),
  ('time_ahead', 'X-Shopify-Triggered-At is in the future, so that it has no effect.'),
  ('time_long_ago', 'X-Shopify-Triggered-At is longer ago than Shopify tries, so that it has no effect.'),
  ('alana_no_visitor', 'no visitor id, and alana takes nothing without one'),
  ('alana_home_only', 'alana counts views of the home page only'),
  ('alana_nameless_collection', 'the collection has no name'),
  ('alana_no_product_id', 'no product id'),
  ('alana_no_variant_id', 'no variant id'),
  ('alana_no_sku', 'no SKU'),
  ('alana_no_metafield', 'no value in the metafield'),
  ('prisjakt_no_click', 'no click id: the buyer did not come from Prisjakt'),
  ('prisjakt_strange_click', 'the click id is not one that Prisjakt gives out'),
  ('prisjakt_old_click', 'the click was more than 30 days before the purchase'),
  ('shopipixel_no_refund_event', 'ShopiPixel has no refund event; name a custom event in the settings to send refunds'),
  ('shopipixel_no_money_back', 'no money was paid back'),
  ('shopipixel_no_reduction_event', 'ShopiPixel has no event for that; name a custom event for refunds in the settings to send it'),
  ('shopipixel_ahead', 'its time is more than 5 minutes ahead of when it was heard of, and ShopiPixel refuses that'),
  ('shopipixel_no_result', 'no result for this event'),
  ('shopipixel_others_result', 'the result at this place is another event''s'),
  ('shopipixel_unclear_result', 'the result does not say whether the event was taken'),
  ('shopipixel_no_words', 'refused without a reason'),
  ('shopimind_nobody', 'nobody known'),
  ('shopimind_triggers_off', 'triggers are off'),
  ('shopimind_no_variants', 'a product without variants has no price'),
  ('shopimind_no_email', 'ShopiMind needs an e-mail'),
  ('shopimind_no_customer', 'an order of nobody: ShopiMind''s orders need a customer'),
  ('shopimind_no_words', 'rejected without a reason'),
  ('tolinku_nothing_back', 'nothing was paid back'),
  ('tolinku_nothing_changed', 'nothing was added or removed'),
  ('test_order', 'a test order'),
  ('no_product', 'no line of it is a product of the shop'),
  ('nothing_added', 'nothing was added to the cart'),
  ('nothing_searched', 'nothing was searched for');

CREATE FUNCTION reason_of(says text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  known text := (SELECT k.code FROM reason_known k WHERE k.says = reason_of.says);
BEGIN
  RETURN CASE
    WHEN says IS NULL THEN NULL
    WHEN known IS NOT NULL THEN jsonb_build_object('code', known, 'values', '{}'::jsonb)
    WHEN says LIKE 'not sent in time; last: %' THEN jsonb_build_object('code', 'too_late_last', 'values', jsonb_build_object('last', reason_of(substr(says, 25))))
    WHEN says = 'replayed: ' THEN jsonb_build_object('code', 'replayed', 'values', '{}'::jsonb)
    WHEN says LIKE 'replayed: %' THEN jsonb_build_object('code', 'replayed', 'values', jsonb_build_object('before', reason_of(substr(says, 11))))
    WHEN says LIKE '% (tried once more)' THEN jsonb_build_object('code', 'tried_once_more', 'values', jsonb_build_object('reason', reason_of(left(says, -18))))
    ELSE jsonb_build_object('code', 'as_told', 'values', jsonb_build_object('words', says)) END;
END $$;

ALTER TABLE delivery ADD COLUMN reason_code TEXT, ADD COLUMN reason_values JSONB, ADD COLUMN held_by TEXT;
ALTER TABLE connection ADD COLUMN reason_code TEXT, ADD COLUMN reason_values JSONB;
ALTER TABLE webhook ADD COLUMN reason_code TEXT, ADD COLUMN reason_values JSONB;
ALTER TABLE alert ADD COLUMN reason_code TEXT, ADD COLUMN reason_values JSONB;

-- Neither a count nor a place in a lane changes by it.
ALTER TABLE delivery DISABLE TRIGGER USER;
UPDATE delivery SET reason_code = reason_of(reason) ->> 'code', reason_values = reason_of(reason) -> 'values' WHERE reason IS NOT NULL;
UPDATE delivery d SET held_by = p.key FROM lane l, jsonb_each_text(l.paused_channels) AS p
  WHERE d.connection_id = l.connection_id AND d.state = 'due' AND d.reason = p.value AND d.due_at >= d.deadline_at;
ALTER TABLE delivery ENABLE TRIGGER USER;
UPDATE connection SET reason_code = reason_of(reason) ->> 'code', reason_values = reason_of(reason) -> 'values' WHERE reason IS NOT NULL;
UPDATE webhook SET reason_code = reason_of(reason) ->> 'code', reason_values = reason_of(reason) -> 'values' WHERE reason IS NOT NULL;
UPDATE alert SET reason_code = reason_of(says) ->> 'code', reason_values = reason_of(says) -> 'values';
UPDATE lane SET paused_channels = (SELECT jsonb_object_agg(key, reason_of(value)) FROM jsonb_each_text(paused_channels)) WHERE paused_channels <> '{}';
UPDATE replay SET which = jsonb_set(which, '{reason}', coalesce(reason_of(nullif(which ->> 'reason', '')), 'null')) WHERE which ? 'reason';

ALTER TABLE delivery DROP COLUMN reason;
ALTER TABLE connection DROP COLUMN reason;
ALTER TABLE webhook DROP COLUMN reason;
ALTER TABLE alert DROP COLUMN says, ALTER COLUMN reason_code SET NOT NULL, ALTER COLUMN reason_values SET NOT NULL;
DROP FUNCTION reason_of(text);
DROP TABLE reason_known;
