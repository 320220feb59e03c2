// ShopiMind's resources: what each must look like, what it is known by, how many fit in one call.
import {
  cents,
  currency,
  email,
  flag,
  integer,
  language,
  list,
  matching,
  number,
  oneOf,
  type Rule,
  shape,
  string,
  text,
  time,
} from "./check.ts";
import { category, product } from "./shopimind-catalogue.ts";
import { dates, id, source } from "./shopimind-dates.ts";

export interface Resource {
  /** The field, or fields, that an upsert is matched by. */
  id: string[];
  most: number;
  fits: Rule;
  /** The name of the list in a bulk-delete. */
  ids?: string;
}

const customer = shape(
  {
    customer_id: text,
    email,
    first_name: string,
    last_name: string,
    lang: language,
    is_newsletter_subscribed: flag,
    ...dates,
  },
  { is_opt_in: flag, is_active: flag, phone_number: text, birth_date: text, group_ids: list(text), ...source },
);

const line = shape(
  { product_id: integer, quantity: integer, price: cents, price_without_tax: cents },
  { product_variation_id: integer, manufacturer_id: text },
);
const order = shape(
  {
    order_id: text,
    lang: language,
    status_id: text,
    customer: shape({ customer_id: text, email, created_at: time }),
    products: list(line, 1),
    cart_id: text,
    cart_updated_at: time,
    amount: cents,
    amount_without_tax: cents,
    shipping_costs: cents,
    shipping_costs_without_tax: cents,
    currency,
    is_confirmed: flag,
    ...dates,
  },
  {
    reference: text,
    carrier_id: text,
    address_delivery_id: id,
    address_invoice_id: id,
    shipping_number: text,
    voucher_used: matching(/^.{1,256}$/, "a list of codes of at most 256 characters"),
    voucher_value: text,
    ...source,
  },
);

const voucher = shape(
  {
    voucher_id: text,
    lang: language,
    code: text,
    description: string,
    started_at: time,
    type_voucher: oneOf("free_shipping", "amount_reduction", "percentage_reduction"),
    minimum_amount: number,
    currency,
    reduction_tax: flag,
    is_used: flag,
    is_active: flag,
    ...dates,
  },
  { ended_at: time, customer_id: text, value: number, ...source },
);
const subscriber = shape(
  {
    email,
    is_subscribed: flag,
    first_name: string,
    last_name: string,
    postal_code: string,
    lang: language,
    updated_at: time,
  },
  { shop_id: text },
);
/** What the smaller resources have in common. */
const small = (idName: string, required: Record<string, Rule>) =>
  shape({ [idName]: text, name: text, ...required, ...dates }, source);

export const resource = (id: string | string[], most: number, fits: Rule, ids?: string): Resource => ({
  id: [id].flat(),
  most,
  fits,
  ids,
});

/** By path below /v1. */
export const RESOURCES: Record<string, Resource> = {
  customers: resource("customer_id", 50, customer, "customer_ids"),
  "customers-groups": resource("group_id", 100, small("group_id", { lang: language }), "group_ids"),
  "newsletter-subscribers": resource("email", 50, subscriber, "emails"),
  orders: resource("order_id", 50, order, "order_ids"),
  "orders-statuses": resource("status_id", 100, small("status_id", { lang: language, is_deleted: flag }), "status_ids"),
  "orders-carriers": resource("carrier_id", 100, small("carrier_id", { is_active: flag }), "carrier_ids"),
  products: resource(["product_id", "lang"], 50, product, "product_ids"),
  "products-categories": resource(["category_id", "lang"], 100, category, "category_ids"),
  "products-manufacturers": resource(
    "manufacturer_id",
    100,
    small("manufacturer_id", { is_active: flag }),
    "manufacturer_ids",
  ),
  vouchers: resource("voucher_id", 50, voucher, "voucher_ids"),
};
