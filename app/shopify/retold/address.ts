// A postal address out of GraphQL, as a webhook writes it.
import { z } from "zod";
import { type Body, digits, gid } from "./told.ts";

export const ADDRESS =
  "{ id firstName lastName company address1 address2 zip city province country countryCodeV2 phone }";

const text = z.string().nullish();
export const addressNode = z.object({
  id: gid,
  ...{ firstName: text, lastName: text, company: text, address1: text, address2: text, zip: text, city: text },
  ...{ province: text, country: text, countryCodeV2: text, phone: text },
});
export type AddressNode = z.infer<typeof addressNode>;

/** Without its id: an order's has none in a webhook. */
export const retellAddress = (node: AddressNode | null | undefined): Body | null =>
  node
    ? {
        ...{ first_name: node.firstName ?? null, last_name: node.lastName ?? null, company: node.company ?? null },
        ...{ address1: node.address1 ?? null, address2: node.address2 ?? null, zip: node.zip ?? null },
        ...{ city: node.city ?? null, province: node.province ?? null, country: node.country ?? null },
        ...{ country_code: node.countryCodeV2 ?? null, phone: node.phone ?? null },
      }
    : null;

export const retellKept = (node: AddressNode | null | undefined): Body | null =>
  node ? { id: digits(node.id), ...retellAddress(node) } : null;
