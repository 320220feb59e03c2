// alana's events API (https://docs.alana.shopping): seven types of event by one call.
import { z } from "zod";
import { fitting } from "../answer.ts";
import type { Answer, Http } from "../destination.ts";

interface Common {
  visitorId: string;
  userId?: string;
  metadata?: Record<string, unknown>;
}
/** There is no field for the time: an event is dated when it arrives. */
export type VendorEvent = Common &
  (
    | { eventType: "home-page-view" }
    | { eventType: "search"; query: string }
    | { eventType: "category-view"; categoryPath: string }
    | { eventType: "detail-page-view"; productId: string }
    | { eventType: "add-to-cart"; productId: string }
    | { eventType: "shopping-cart-page-view" }
    | { eventType: "purchase-complete"; productIds: string[]; revenue: unknown; currency: string }
  );

const Stored = z.looseObject({
  status: z.literal("ok"),
  stored: z.int().nonnegative(),
  errors: z.int().nonnegative(),
});
export type Stored = z.output<typeof Stored>;

/** Up to 100 events. */
export function createEvents(events: unknown[], http: Http): Promise<Answer> {
  return http({ method: "POST", path: "/api/v1/events", json: { events } });
}

/**
 * How many were stored and how many failed; not which.
 * @throws SaidNo · NotAsDocumented
 */
export function storedOf(answer: Answer): Stored {
  return fitting(Stored, answer);
}
