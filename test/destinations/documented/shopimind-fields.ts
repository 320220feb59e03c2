// Which fields ShopiMind's things have.
import { address, customer } from "../../../app/destinations/samples.ts";
import type { EventKind } from "../../../app/events/event.ts";
import type { AtVendor } from "../../support/at-vendor.ts";
import { type Figure, from } from "./figure.ts";

const SDK = "ShopiMind's sdk-js (entities)";
const FIELDS: [EventKind, string[]][] = [
  [
    "customer.saved",
    [
      ...["created_at", "customer_id", "email", "first_name", "is_active", "is_newsletter_subscribed", "is_opt_in"],
      ...["lang", "last_name", "phone_number", "updated_at"],
    ],
  ],
  [
    "order.updated",
    [
      ...["amount", "amount_without_tax", "carrier_id", "cart_id", "cart_updated_at", "created_at", "currency"],
      ...["customer", "is_confirmed", "lang", "order_id", "products", "reference", "shipping_costs"],
      ...["shipping_costs_without_tax", "status_id", "updated_at"],
    ],
  ],
  [
    "product.saved",
    [
      ...[
        "created_at",
        "currency",
        "description",
        "ean13",
        "image_link",
        "is_active",
        "lang",
        "link",
        "manufacturer_id",
        "name",
      ],
      ...["price", "price_discount", "product_id", "quantity_remaining", "reference", "updated_at"],
    ],
  ],
  ["collection.saved", ["category_id", "created_at", "description", "is_active", "lang", "link", "name", "updated_at"]],
];
const told = async (at: AtVendor, kind: EventKind) => {
  const facts = kind === "customer.saved" ? { customer: customer({ defaultAddress: address() }) } : {};
  const [asked] = await at.sent([at.message(kind, facts as never)]);
  return (asked?.json as Record<string, unknown>[])[0] ?? {};
};

export const shopimindFields: Figure[] = from(SDK, [
  ...FIELDS.map(([kind, names]): [string, unknown, Figure["seen"]] => [
    `the fields told of ${kind}`,
    names,
    async (at) => Object.keys(await told(at, kind)).sort(),
  ]),
  [
    "that ids of customers and orders are text, and those of products numbers",
    ["string", "string", "number", "number"],
    async (at) => {
      const [customer, order] = [await told(at, "customer.saved"), await told(at, "order.updated")];
      const [line] = order.products as { product_id: unknown }[];
      const product = await told(at, "product.saved");
      return [customer.customer_id, order.order_id, line?.product_id, product.product_id].map((id) => typeof id);
    },
  ],
]);
