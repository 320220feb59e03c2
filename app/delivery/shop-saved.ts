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

/** It is saved now. */
export const noteSaved = (road: Road, shop: string, { what, was, by }: Asked) =>
  road.db.query(CLAIM, [shop, what, was, road.clock().toISOString(), by]);

/**
 * Writes a setting, where the form that is saved began with what is stored.
 * @param write @returns null, or the sentence why it will not do; @param is what is stored, in words.
 * @returns null, or a sentence: why it will not do, or what was changed meanwhile, and by whom.
 */
export async function saveOfShop(
  road: Road,
  shop: string,
  { what, was, by }: Asked,
  { write, is }: { write: () => Promise<string | null>; is: () => Promise<string> },
): Promise<string | null> {
  const { [what]: last } = await shopSaved(road, shop);
  if ((last?.at ?? "") !== was) return changedBy(last?.by, await is());
  const wrong = await write();
  if (wrong) return wrong;
  await noteSaved(road, shop, { what, was, by });
  return null;
}

const changedBy = (by: string | undefined, is: string) =>
  `User ${by ?? "?"} of your staff changed this meanwhile: ${is} Save again to put yours in its place.`;
