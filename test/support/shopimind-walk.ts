// Every call of ShopiMind's with the endpoint that it is for and what is to be seen of it, on a vendor that has one of everything.
import * as resources from "../../app/destinations/shopimind/resources.ts";
import { ID_OF, ITEMS, PART_ID, PARTS, WRITTEN } from "./shopimind-samples.ts";
import type { Step } from "./shopimind-step.ts";
import { OTHER_STEPS } from "./shopimind-walk-others.ts";

const ID_NAMES: Record<resources.Listing, string> = {
  customers: "customer_id",
  "customers-groups": "group_id",
  orders: "order_id",
  "orders-statuses": "status_id",
  "orders-carriers": "carrier_id",
  products: "product_id",
  "products-categories": "category_id",
  "products-manufacturers": "manufacturer_id",
  vouchers: "voucher_id",
};
const names = Object.keys(ITEMS) as resources.Name[];
const listing = Object.keys(ID_NAMES) as resources.Listing[];
const parts = Object.keys(PARTS) as resources.Part[];

const saving = names.flatMap((name): Step[] => [
  {
    endpoint: `POST /v1/${name}`,
    walk: (http) => resources.save(http, name, [ITEMS[name]]),
    seen: WRITTEN,
    kept: { kind: name, counted: 1, carried: 2 },
  },
  {
    endpoint: `PUT /v1/${name}`,
    walk: (http) => resources.update(http, name, [ITEMS[name]]),
    seen: WRITTEN,
    kept: { kind: name, counted: 1, carried: 2 },
  },
]);

const listed = listing.flatMap((name): Step[] => [
  {
    endpoint: `GET /v1/${name}`,
    walk: async (http) => {
      const { meta } = await resources.list(http, name, { limit: 1 });
      const ids: string[] = [];
      for await (const one of resources.listAll(http, name, { limit: 1 })) ids.push(String(one[ID_NAMES[name]]));
      return { total: meta?.pagination?.total_items, ids };
    },
    seen: { total: 1, ids: [ID_OF[name]] },
  },
  {
    endpoint: `DELETE /v1/${name}/{${ID_NAMES[name]}}`,
    walk: (http) => resources.remove(http, name, ID_OF[name]),
    seen: undefined,
    kept: { kind: name, counted: 0 },
  },
  {
    endpoint: `POST /v1/${name}/bulk-delete`,
    walk: (http) => resources.removeMany(http, name, [ID_OF[name]]),
    seen: WRITTEN,
    kept: { kind: name, counted: 0 },
  },
]);

const ofWholes = parts.flatMap((part): Step[] => {
  const whole = part === "addresses" ? "customers" : "products";
  const { customer_id, product_id, ...alone } = { customer_id: "", product_id: "", ...PARTS[part] };
  const [id, wholeName] = [ID_OF[whole], ID_NAMES[whole]];
  const path = `/v1/${whole}/{${wholeName}}/${part}`;
  const partName = { addresses: "address_id", variations: "variation_id", images: "image_id" }[part];
  const again = { kind: part, counted: 1, carried: 2 } as const;
  const gone = { kind: part, counted: 0 } as const;
  const same = [alone as never];
  return [
    {
      endpoint: `POST /v1/${whole}/${part}/bulk`,
      walk: (http) => resources.saveParts(http, part, [PARTS[part]]),
      seen: WRITTEN,
      kept: again,
    },
    {
      endpoint: `POST ${path}`,
      walk: (http) => resources.savePartsOf(http, part, id, same),
      seen: WRITTEN,
      kept: again,
    },
    {
      endpoint: `PUT ${path}`,
      walk: (http) => resources.updatePartsOf(http, part, id, same),
      seen: WRITTEN,
      kept: again,
    },
    {
      endpoint: `DELETE ${path}/{${partName}}`,
      walk: (http) => resources.removePart(http, part, id, PART_ID[part]),
      seen: undefined,
      kept: gone,
    },
    {
      endpoint: `POST ${path}/bulk-delete`,
      walk: (http) => resources.removePartsOf(http, part, id, [PART_ID[part]]),
      seen: WRITTEN,
      kept: gone,
    },
  ];
});

const single: Step[] = [
  {
    endpoint: "GET /v1/customers/{customer_id}",
    walk: (http) => resources.readOne(http, "customers", ID_OF.customers),
    seen: { email: "mara@example.com" },
  },
  {
    endpoint: "GET /v1/customers/{customer_id}/groups",
    walk: (http) => resources.groupsOf(http, ID_OF.customers),
    seen: { data: [{ group_id: "9" }] },
  },
  {
    endpoint: "GET /v1/customers/{customer_id}/addresses",
    walk: (http) => resources.addressesOf(http, ID_OF.customers),
    seen: { data: [{ city: "Berlin" }] },
  },
  {
    endpoint: "GET /v1/orders/id/{order_id}",
    walk: (http) => resources.readOne(http, "orders/id", ID_OF.orders),
    seen: { reference: "#1001", amount: 29.9 },
  },
  {
    endpoint: "GET /v1/orders/reference/{reference}",
    walk: (http) => resources.readOne(http, "orders/reference", "#1001"),
    seen: { order_id: ID_OF.orders },
  },
];

export const WALK: Step[] = [...saving, ...listed, ...ofWholes, ...single, ...OTHER_STEPS];
