// Reads orders/delete: an order that the merchant took out of the books. No money moves by it, and a purchase that was told stays told.
import type { Event } from "./event.ts";
import { must, ownId } from "./fields.ts";
import type { Fields } from "./json.ts";
import { subjectOf } from "./keys.ts";
import type { Heard, Reading } from "./reading.ts";
import { deletedVersion, frame, when } from "./version.ts";

/** @throws Unreadable */
export function readOrderDeleted(body: Fields, heard: Heard): Reading {
  const orderId = must(ownId, body, "id", "an_id");
  const event: Event = {
    kind: "order.deleted",
    key: `order:${orderId}@deleted`,
    subject: subjectOf("order", orderId),
    occurredAt: when(heard),
    version: deletedVersion(heard),
    ...frame(heard),
    orderId,
  };
  return { is: "events", needs: [], normalize: () => ({ events: [event], snapshots: [] }) };
}
