// What ShopiMind keeps about a connector itself: its own settings for the shop, and the shop as it describes it.
import { z } from "zod";
import { fitting } from "../answer.ts";
import type { Http } from "../destination.ts";
import { done } from "./envelopes.ts";

const config = z.object({ data: z.looseObject({ values: z.record(z.string(), z.string()) }) });

export interface ShopConnection {
  shop_id?: string;
  default_currency: string;
  /** ISO 639-1, as all languages here. */
  default_lang: string;
  langs: string[];
  timezone: string;
  url_client: string;
  ecommerce_version: string;
  module_version: string;
}

/** For the key of an integration that is registered at ShopiMind; a shop's own key has no such values. */
export async function readConfig(http: Http): Promise<Record<string, string>> {
  return fitting(config, await http({ method: "GET", path: "/v1/integration-config" })).data.values;
}

export async function saveConfig(http: Http, values: Record<string, string | number | boolean>): Promise<void> {
  done(await http({ method: "PUT", path: "/v1/integration-config", json: values }));
}

/** ShopiMind's own connectors describe the shop by it; a second one that does so would overwrite them. */
export async function saveConnection(http: Http, connection: ShopConnection): Promise<void> {
  done(await http({ method: "POST", path: "/v1/shop/connection", json: connection }));
}
