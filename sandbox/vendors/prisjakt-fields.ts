// What Prisjakt's documents say of an event's fields.
import { flag, list, matching, oneOf, shape, within } from "./check.ts";

const UUID4 = "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-4[0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}";
export const UTC = /^\d{4}-(1[0-2]|0[1-9])-(3[01]|0[1-9]|[12]\d)T(2[0-3]|[01]\d):[0-5]\d:[0-5]\d(\.\d+)?Z$/;

export const eventShape = shape(
  {
    event_name: oneOf("purchase"),
    data: shape(
      { amount: within(0, 999_999_999), currency: oneOf("DKK", "EUR", "GBP", "NOK", "NZD", "SEK") },
      { number_of_items: within(0, 999_999_999) },
    ),
    signed_click_id: matching(new RegExp(`^${UUID4}_[0-9A-Za-z]{16}$`), "a UUIDv4 and its signature of 16 characters"),
  },
  {
    event_time: matching(UTC, "an ISO 8601 time in UTC"),
    external_event_id: matching(/^[\s\S]{1,100}$/, "1 to 100 characters"),
  },
);
export const batchShape = list(eventShape, 1);
export const pixelShape = shape({}, { enabled: flag });
export const clientShape = shape({ roles: list(oneOf("event_publisher", "shop_user"), 1) });
