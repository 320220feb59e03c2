// What ShopiMind's API takes, by resource: the fields as its reference and its SDK type them.

/** A JSON number with exactly the digits that were known: made by `decimal()` or `integer()`. */
export type Exact = unknown;

/** Which of the shop's data sources an entity came from; the connector's own where it is missing. */
interface Sourced {
  id_data_source?: Exact;
  source_label?: string;
}
interface Dated {
  /** ISO 8601, as all times here. */
  created_at: string;
  updated_at: string;
}
interface OfShop {
  shop_id?: string;
}

export interface Customer extends Sourced, Dated, OfShop {
  customer_id: string;
  email: string;
  first_name: string;
  last_name: string;
  /** ISO 639-1. */
  lang: string;
  is_opt_in: boolean;
  is_newsletter_subscribed: boolean;
  is_active: boolean;
  phone_number?: string;
  birth_date?: string;
  group_ids?: string[];
}
export interface Address extends Sourced {
  address_id: Exact;
  first_name: string;
  last_name: string;
  address_line_1: string;
  address_line_2?: string;
  /** Letters, digits, spaces and hyphens only. */
  postal_code: string;
  city: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  is_active: boolean;
  primary_phone?: string;
  secondary_phone?: string;
  company?: string;
}
export interface CustomersGroup extends Sourced, Dated, OfShop {
  group_id: string;
  lang: string;
  name: string;
}
export interface NewsletterSubscriber extends OfShop {
  email: string;
  is_subscribed: boolean;
  first_name: string;
  last_name: string;
  postal_code: string;
  lang: string;
  updated_at: string;
}

export interface OrderProduct {
  product_id: Exact;
  quantity: number;
  /** Paid for one piece, tax included. */
  price: Exact;
  price_without_tax: Exact;
  product_variation_id?: Exact;
  manufacturer_id?: string;
}
export interface Order extends Sourced, Dated, OfShop {
  order_id: string;
  lang: string;
  status_id: string;
  customer: { customer_id: string; email: string; created_at: string };
  products: OrderProduct[];
  cart_id: string;
  /** "" is refused. */
  cart_updated_at: string;
  /** Tax and shipping included. */
  amount: Exact;
  amount_without_tax: Exact;
  shipping_costs: Exact;
  shipping_costs_without_tax: Exact;
  currency: string;
  /** Paid. */
  is_confirmed: boolean;
  reference?: string;
  carrier_id?: string;
  address_delivery_id?: string;
  address_invoice_id?: string;
  shipping_number?: string;
  /** Codes with commas between, at most 256 characters. */
  voucher_used?: string;
  /** What the codes took off, as text. */
  voucher_value?: string;
}
export interface OrderStatus extends Sourced, Dated, OfShop {
  status_id: string;
  lang: string;
  name: string;
  is_deleted: boolean;
}
export interface OrderCarrier extends Sourced, Dated, OfShop {
  carrier_id: string;
  name: string;
  is_active: boolean;
}
export interface Voucher extends Sourced, Dated, OfShop {
  voucher_id: string;
  lang: string;
  code: string;
  description: string;
  started_at: string;
  ended_at?: string;
  customer_id?: string;
  type_voucher: "free_shipping" | "amount_reduction" | "percentage_reduction";
  value?: Exact;
  minimum_amount: Exact;
  currency: string;
  reduction_tax: boolean;
  is_used: boolean;
  is_active: boolean;
}

/** One row per language. */
export interface Product extends Sourced, Dated, OfShop {
  product_id: Exact;
  lang: string;
  name: string;
  description: string;
  link: string;
  currency: string;
  price: Exact;
  quantity_remaining: number;
  is_active: boolean;
  reference?: string;
  ean13?: string;
  description_short?: string;
  image_link?: string;
  category_ids?: Exact[];
  manufacturer_id?: string;
  /** The price that holds now, where it is lower than `price`. */
  price_discount?: Exact;
}
export interface Variation extends Sourced {
  variation_id: Exact;
  name: string;
  lang: string;
  link: string;
  price: Exact;
  quantity_remaining: number;
  is_default: boolean;
  reference?: string;
  ean13?: string;
  image_link?: string;
  price_discount?: Exact;
}
export interface Image extends Sourced {
  image_id: string;
  lang: string;
  url: string;
  is_default: boolean;
  variation_id?: Exact;
}
export interface Category extends Sourced, Dated, OfShop {
  category_id: Exact;
  lang: string;
  name: string;
  description: string;
  link: string;
  is_active: boolean;
  parent_category_id?: Exact;
}
export interface Manufacturer extends Sourced, Dated, OfShop {
  manufacturer_id: string;
  name: string;
  is_active: boolean;
}
