// The settings of a shop as a whole: who saved each last, so that the later of two tabs does not wipe out the earlier one's change unseen.
import { statement } from "../base/statement.ts";
import type { Road } from "./road.ts";

export type ShopSetting = "pixel ceiling" | "alert-url" | "alert-slack" | "alert-mail" | "alert-limits" | "keep";
export type ShopSaved = { [What in ShopSetting]?: { by: string; at: string } };

const SAVED = statement<{ saved: ShopSaved | null }, [shop: string]>("saved-of-shop")`
  SELECT saved
  FROM shop
  WHERE domain = $1`;

export async function shopSaved(road: Road, shop: string): Promise<ShopSaved> {
  const [row] = await road.db.query(SAVED, [shop]);
  return row?.saved ?? {};
}

const CLAIM = statement<{ domain: string }, [shop: string, what: string, was: string, now: string, by: string]>(
  "note-saved-of-shop",
)`
  UPDATE shop
  SET saved = coalesce(saved, '{}') || jsonb_build_object($2::text, jsonb_build_object('by', $5::text, 'at', $4::text))
  WHERE domain = $1 AND coalesce(saved -> $2 ->> 'at', '') = $3
  RETURNING domain`;

interface Asked {
  what: ShopSetting;
  /** When it was saved last, as the form knew it; "": never. */
  was: string;
  by: string;
}

/** Why a setting was not saved: it will not do, or somebody (null: it was not kept who) made it `now` meanwhile. */
export type NotSaved<Wrong, Now> = { wrong: Wrong } | { by: string | null; now: Now };

/** `write` gives null, or why it will not do; `is` what is stored. */
export interface HowToSave<Wrong, Now> {
  write: () => Promise<Wrong | null>;
  is: () => Promise<Now>;
}

/** It is saved now. */
export const noteSaved = (road: Road, shop: string, { what, was, by }: Asked) =>
  road.db.query(CLAIM, [shop, what, was, road.clock().toISOString(), by]);

/**
 * Writes a setting, where the form that is saved began with what is stored.
 */
export async function saveOfShop<Wrong, Now>(
  road: Road,
  shop: string,
  { what, was, by }: Asked,
  { write, is }: HowToSave<Wrong, Now>,
): Promise<NotSaved<Wrong, Now> | null> {
  const { [what]: last } = await shopSaved(road, shop);
  if ((last?.at ?? "") !== was) return { by: last?.by ?? null, now: await is() };
  const wrong = await write();
  if (wrong) return { wrong };
  await noteSaved(road, shop, { what, was, by });
  return null;
}
