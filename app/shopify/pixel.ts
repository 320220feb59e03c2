// The switch of a shop's web pixel: on after the install, off and on again as the merchant likes.

import { randomBytes } from "node:crypto";
import { type Reason, reasonIn } from "../base/reason.ts";
import { statement } from "../base/statement.ts";
import { keptJson } from "../base/text.ts";
import type { Road } from "../delivery/road.ts";
import type { Ask } from "./asking.ts";
import { setPixel, takePixel, UNREACHED } from "./web-pixel.ts";

export interface PixelState {
  on: boolean;
  /** Why Shopify did not do as it was told; null: all is well. */
  says: Reason | null;
}
export interface PixelAsk {
  ask: Ask;
  /** Where the pixel posts to, without the key: the app's address and "/pixel". */
  endpoint: string;
}

interface Row {
  /** null: Shopify was never asked for a pixel. */
  key: string | null;
  endpoint: string | null;
  says: string | null;
  left: boolean;
}

const PIXEL = statement<Row, [shop: string]>("web-pixel-of-shop")`
  SELECT pixel_key AS key, pixel_endpoint AS endpoint, pixel_says AS says, uninstalled_at IS NOT NULL AS left
  FROM shop
  WHERE domain = $1`;

const rowOf = async (road: Road, shop: string): Promise<Row> => {
  const [row] = await road.db.query(PIXEL, [shop]);
  return row ?? { key: null, endpoint: null, says: null, left: false };
};

export async function pixelState(road: Road, shop: string): Promise<PixelState> {
  const { key, endpoint, says, left } = await rowOf(road, shop);
  const kept = says === null ? null : reasonIn(says);
  return { on: endpoint !== null, says: key === null && !left ? UNREACHED : kept };
}

const SWITCH_OFF = statement<never, [shop: string]>("switch-pixel-off")`
  UPDATE shop
  SET pixel_endpoint = NULL, pixel_says = NULL
  WHERE domain = $1`;
const SWITCHED_ON = statement<never, [shop: string, endpoint: string | null, says: string | null]>(
  "note-pixel-switched",
)`
  UPDATE shop
  SET pixel_endpoint = $2, pixel_says = $3
  WHERE domain = $1 AND pixel_says IS NOT NULL`;

/** Off holds at once, whatever Shopify says: posts of the pixel are refused from then on. */
export async function switchPixel(road: Road, shop: string, on: boolean, how: PixelAsk): Promise<PixelState> {
  if (!on) {
    await road.db.query(SWITCH_OFF, [shop]);
    return { on, says: await takePixel(how.ask) };
  }
  const key = await keyOf(road, shop);
  const says = await setPixel(how.ask, { endpoint: how.endpoint, publicKey: key });
  // What was asked for is said in the row (keyOf): where it is gone, somebody has decided otherwise meanwhile.
  await road.db.query(SWITCHED_ON, [shop, says === null ? how.endpoint : null, says && keptJson(says)]);
  return { on: says === null, says };
}

/** At the install and at every new token: on where it never was, where it failed, and where the app has moved; never where the merchant switched it off. */
export async function keepPixel(road: Road, shop: string, how: PixelAsk): Promise<void> {
  const { key, endpoint, says } = await rowOf(road, shop);
  const switchedOff = key !== null && endpoint === null && says === null;
  if (!switchedOff && (endpoint !== how.endpoint || says !== null)) await switchPixel(road, shop, true, how);
}

const KEY = statement<{ key: string }, [shop: string, anew: string, says: string]>("pixel-key-of-shop")`
  UPDATE shop
  SET pixel_key = coalesce(pixel_key, $2), pixel_says = $3
  WHERE domain = $1
  RETURNING coalesce(pixel_key, $2) AS key`;

/** The shop's public key, made at the first need of it. Until Shopify has answered the pixel is not on: a process may end in between. */
async function keyOf(road: Road, shop: string): Promise<string> {
  const [row] = await road.db.query(KEY, [shop, randomBytes(18).toString("base64url"), keptJson(UNREACHED)]);
  if (!row) throw new Error(`the shop ${shop} is not known`);
  return row.key;
}
