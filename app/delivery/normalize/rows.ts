// The row of a delivery for an event and a connection that may be owed it. Pure, but for the clock.
import { createHash } from "node:crypto";
import type { Reason } from "../../base/reason.ts";
import type { Event } from "../../events/event.ts";
import { because } from "../reasons.ts";
import type { Road } from "../road.ts";
import type { StateAfter } from "../states.ts";
import { HOLD_MS, waitsForPixel } from "./hold.ts";
import { owe, type Recipient } from "./owe.ts";

const PATIENCE = 72 * 3_600_000;

export interface DeliveryRow {
  destination: string;
  account: string;
  keyHash: string;
  connectionId: string;
  eventId: string;
  kind: string;
  state: StateAfter<"booking">;
  reason: Reason | null;
  subject: string;
  occurredAt: string;
  version: string | null;
  dueAt: Date;
  deadlineAt: Date;
  worth: string | null;
  currency: string | null;
  /** The backfill that owes it; null: it is of the present. */
  backfillId: string | null;
}

/** @param backfillId what its vendor does not take any more is then no loss, but rightly not sent. */
export function rowFor(
  road: Road,
  eventId: string,
  event: Event,
  to: Recipient,
  backfillId: string | null = null,
): DeliveryRow[] {
  const sheet = road.destinations.find(({ slug }) => slug === to.destination);
  const owed = sheet && owe(event, sheet, to);
  if (!sheet || !owed) return [];
  const happened = event.kind === "order.paid" ? event.paidAt : event.occurredAt;
  const purchase = event.kind === "order.placed" || event.kind === "order.paid" ? event.order.amounts : null;
  const now = road.clock().getTime();
  const deadline = sheet.window && event.version === null ? Date.parse(happened) + sheet.window : now + PATIENCE;
  const closed = backfillId !== null && deadline <= now ? because("closed_before", { vendor: sheet.name }) : null;
  const skip = owed.skip ?? closed;
  return [
    {
      destination: to.destination,
      account: to.account,
      keyHash: createHash("sha256").update(owed.key).digest("hex"),
      connectionId: to.id,
      eventId,
      kind: event.kind,
      state: skip ? "skipped" : "due",
      reason: skip,
      subject: event.subject,
      occurredAt: happened,
      version: event.version,
      dueAt: new Date(waitsForPixel(event, sheet, to.pixelOn) ? now + HOLD_MS : now),
      deadlineAt: new Date(deadline),
      worth: purchase?.total ?? null,
      currency: purchase?.currency ?? null,
      backfillId,
    },
  ];
}
