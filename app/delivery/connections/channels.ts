// The channels of others by which a shop's orders come: each is a switch, off until the merchant says that its orders count.
import { statement } from "../../base/statement.ts";
import type { Road } from "../road.ts";

export interface ShopChannel {
  /** Shopify's word for it, in lower case. */
  id: string;
  name: string;
}

const CHANNELS = statement<ShopChannel, [shop: string]>("channels-of-shop")`
  SELECT id, coalesce(data ->> 'name', id) AS name
  FROM snapshot
  WHERE shop = $1 AND kind = 'channel'
  ORDER BY name
  LIMIT 100`;

export const channelsOf = (road: Road, shop: string): Promise<ShopChannel[]> => road.db.query(CHANNELS, [shop]);
