// The switch of a shop's web pixel: on after the install, off and on again as the merchant likes.
import { randomBytes } from "node:crypto";
import type { Road } from "../delivery/road.ts";
import type { Graphql } from "./ask.ts";
import { setPixel, takePixel } from "./web-pixel.ts";

export interface PixelState {
  on: boolean;
  /** A sentence where Shopify did not do as it was told; null: all is well. */
  says: string | null;
}
export interface PixelAsk {
  graphql: Graphql;
  /** Where the pixel posts to, without the key: the app's address and "/pixel". */
  endpoint: string;
}

interface Row {
  key: string | null;
  endpoint: string | null;
  says: string | null;
}

const rowOf = async (road: Road, shop: string): Promise<Row> => {
  const [row] = await road.db.query<Row>(
    `SELECT pixel_key AS key, pixel_endpoint AS endpoint, pixel_says AS says FROM shop WHERE domain = $1`,
    [shop],
  );
  return row ?? { key: null, endpoint: null, says: null };
};

export async function pixelState(road: Road, shop: string): Promise<PixelState> {
  const { endpoint, says } = await rowOf(road, shop);
  return { on: endpoint !== null, says };
}

/** Off holds at once, whatever Shopify says: posts of the pixel are refused from then on. */
export async function switchPixel(road: Road, shop: string, on: boolean, ask: PixelAsk): Promise<PixelState> {
  const key = await keyOf(road, shop);
  if (!on) {
    await write(road, shop, null, null);
    return { on, says: await takePixel(ask.graphql) };
  }
  const says = await setPixel(ask.graphql, { endpoint: ask.endpoint, publicKey: key });
  await write(road, shop, says === null ? ask.endpoint : null, says);
  return { on: says === null, says };
}

/** At the install and at every new token: on where it never was, where it failed, and where the app has moved; never where the merchant switched it off. */
export async function keepPixel(road: Road, shop: string, ask: PixelAsk): Promise<void> {
  const { key, endpoint, says } = await rowOf(road, shop);
  const switchedOff = key !== null && endpoint === null && says === null;
  if (!switchedOff && (endpoint !== ask.endpoint || says !== null)) await switchPixel(road, shop, true, ask);
}

/** The shop's public key, made at the first need of it. */
async function keyOf(road: Road, shop: string): Promise<string> {
  const [row] = await road.db.query<{ key: string }>(
    `UPDATE shop SET pixel_key = coalesce(pixel_key, $2) WHERE domain = $1 RETURNING pixel_key AS key`,
    [shop, randomBytes(18).toString("base64url")],
  );
  if (!row) throw new Error(`the shop ${shop} is not known`);
  return row.key;
}

const write = (road: Road, shop: string, endpoint: string | null, says: string | null) =>
  road.db.query("UPDATE shop SET pixel_endpoint = $2, pixel_says = $3 WHERE domain = $1", [shop, endpoint, says]);
