// Declarations for the examples of ShopiMind's groundwork.
import type { Declaration } from "../../destination.ts";
import { EVENT_TYPES } from "../checkout.ts";

const ALWAYS = { created_at: "2026-01-01T00:00:00.000Z", updated_at: "2026-01-01T00:00:00.000Z" };
export const source: Declaration = { key: "data-source", body: { label: "Switchyard", type: "api" } };
export const status = (status_id: string, name: string): Declaration => ({
  key: `status:${status_id}`,
  body: { status_id, lang: "de", name, is_deleted: false, ...ALWAYS },
});
export const paid = status("paid", "Paid");
export const carrier: Declaration = {
  key: "carrier:standard",
  body: { carrier_id: "standard", name: "Standard shipping", is_active: true, ...ALWAYS },
};
export const maker: Declaration = {
  key: "manufacturer:Nordlicht",
  body: { manufacturer_id: "Nordlicht", name: "Nordlicht", is_active: true, ...ALWAYS },
};
export const type: Declaration = { key: "event:shopify_checkout_started", body: EVENT_TYPES.shopify_checkout_started };
