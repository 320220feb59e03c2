// Personal data within JSON, covered: what has a personal name, what was written freely, and what looks like an address or a number.
import { isLosslessNumber, stringify } from "lossless-json";
import { isFields, type Json, jsonIn } from "../../events/json.ts";
import { EMAIL, PERSONAL, PHONE } from "../connections/redact.ts";

const COVERED = "•••";

/** What a buyer writes, where they were, and what they came with: below such a name everything is covered. */
const FREE = /note|comment|message|attribut|propert|agent|query|landing|refer|url$|site$|itude|province|tags|gender/i;
/** Numbers of things, wherever they stand. */
const ID = /(^|_)ids?$|Ids?$/;
/** What is called "name" beside one of these is a product's. */
const OF_PRODUCT = ["product_id", "productId", "variant_id", "sku", "price"];

export function mask(json: Json): Json {
  return covered(json, false);
}

/**
 * A body laid out for people; what is no JSON stays in its own lines.
 * @param open personal data in it is shown.
 */
export function inLines(body: string, open: boolean): string {
  const json = jsonIn(body);
  if (json === undefined) return open ? body : maskText(body);
  return stringify(open ? json : mask(json), null, 2) ?? "";
}

const maskText = (text: string): string => text.replace(EMAIL, COVERED).replace(PHONE, COVERED);

function covered(json: Json, personal: boolean): Json {
  if (typeof json === "string") return personal && json !== "" ? COVERED : maskText(json);
  if (isLosslessNumber(json)) return personal ? COVERED : json;
  if (Array.isArray(json)) return json.map((one) => covered(one, personal));
  if (!isFields(json)) return json;
  const isProduct = OF_PRODUCT.some((name) => name in json);
  return Object.fromEntries(
    Object.entries(json).map(([name, one]) => {
      if (ID.test(name) && isNumber(one)) return [name, one];
      const isPersonal = FREE.test(name) || (PERSONAL.test(name) && !(isProduct && name === "name"));
      return [name, covered(one, personal || isPersonal)];
    }),
  );
}

const isNumber = (json: Json) => isLosslessNumber(json) || (typeof json === "string" && /^\d+$/.test(json));
