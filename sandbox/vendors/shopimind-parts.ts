// What hangs on a customer or a product at ShopiMind: addresses, variations, images.
import { cents, flag, integer, language, matching, type Rule, shape, string, text } from "./check.ts";
import { source } from "./shopimind-dates.ts";
import { type Resource, resource } from "./shopimind-fields.ts";

const addressRequired = {
  address_id: integer,
  first_name: string,
  last_name: string,
  address_line_1: text,
  postal_code: matching(/^[\w\s-]+$/, "letters, digits, spaces and hyphens"),
  city: text,
  country: matching(/^[A-Z]{2}$/, "an ISO 3166 country, two capitals"),
  is_active: flag,
};
const addressOptional = { primary_phone: text, secondary_phone: text, company: text, address_line_2: text };

const variationRequired = {
  variation_id: integer,
  name: text,
  lang: language,
  link: text,
  price: cents,
  quantity_remaining: integer,
  is_default: flag,
};
const variationOptional = { reference: text, ean13: text, image_link: text, price_discount: cents };
const imageRequired = { image_id: text, lang: language, url: text, is_default: flag };

export interface Part {
  kind: string;
  whole: "customers" | "products";
  /** The field that says whose it is. */
  owner: "customer_id" | "product_id";
  /** By the path of the whole it belongs to. */
  alone: Resource;
  /** In bulk, where each says itself whose it is. */
  owned: Resource;
}
export const PARTS: Part[] = [
  part("addresses", "customers", "address_id", addressRequired, addressOptional),
  part("variations", "products", "variation_id", variationRequired, variationOptional),
  part("images", "products", "image_id", imageRequired, { variation_id: integer }),
];

function part(
  kind: string,
  whole: Part["whole"],
  id: string,
  required: Record<string, Rule>,
  optional: Record<string, Rule>,
): Part {
  const owner = whole === "customers" ? "customer_id" : "product_id";
  const more = { ...source, ...optional };
  return {
    kind,
    whole,
    owner,
    alone: resource(id, 50, shape(required, more), `${id}s`),
    // Text here, also where the id of a product is a number elsewhere.
    owned: resource(id, 50, shape({ ...required, [owner]: text }, more)),
  };
}
