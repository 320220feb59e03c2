// ShopiMind's products and categories: what each must look like.
import { cents, currency, flag, integer, language, list, shape, string, text } from "./check.ts";
import { dates, source } from "./shopimind-dates.ts";

export const product = shape(
  {
    product_id: integer,
    lang: language,
    name: text,
    description: string,
    link: text,
    currency,
    price: cents,
    quantity_remaining: integer,
    is_active: flag,
    ...dates,
  },
  {
    reference: text,
    ean13: text,
    description_short: string,
    image_link: text,
    category_ids: list(integer),
    manufacturer_id: text,
    price_discount: cents,
    ...source,
  },
);
export const category = shape(
  { category_id: integer, lang: language, name: text, description: string, link: text, is_active: flag, ...dates },
  { parent_category_id: integer, ...source },
);
