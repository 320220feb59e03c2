// A customer out of GraphQL as customers/update would have told it: consent has a topic of its own, and no webhook tells a customer's language.
import { z } from "zod";
import { ADDRESS, addressNode, retellKept } from "./address.ts";
import { type Body, gid, identity, personal, type Seen } from "./told.ts";

/** Without its connection, as an order's question and a bulk operation want it. */
export const CUSTOMER = `id createdAt updatedAt firstName lastName
  defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } defaultAddress ${ADDRESS}`;
export { ADDRESS };

const text = z.string().nullish();
export const buyerNode = z.object({
  id: gid,
  ...{ createdAt: text, updatedAt: text, firstName: text, lastName: text },
  defaultEmailAddress: z.object({ emailAddress: text }).nullish(),
  defaultPhoneNumber: z.object({ phoneNumber: text }).nullish(),
  defaultAddress: addressNode.nullish(),
});
export type BuyerNode = z.infer<typeof buyerNode>;

/** `addressesV2`: absent where they were not asked for. */
export const customerNode = buyerNode.extend({ addressesV2: z.object({ nodes: z.array(addressNode) }).nullish() });
export type CustomerNode = z.infer<typeof customerNode>;

/** As it stands inside an order. */
export function retellBuyer(node: BuyerNode | null | undefined, seen: Seen): Body | null {
  if (!node) return null;
  return {
    ...identity(node.id),
    ...{ created_at: node.createdAt, updated_at: node.updatedAt },
    ...personal(
      {
        email: node.defaultEmailAddress?.emailAddress ?? null,
        phone: node.defaultPhoneNumber?.phoneNumber ?? null,
        ...{ first_name: node.firstName ?? null, last_name: node.lastName ?? null },
        default_address: retellKept(node.defaultAddress),
      },
      seen,
    ),
  };
}

/** The body of customers/update. */
export function retellCustomer(node: CustomerNode, seen: Seen): Body {
  const list = node.addressesV2?.nodes.map((one) => ({
    ...retellKept(one),
    default: one.id === node.defaultAddress?.id,
  }));
  return { ...retellBuyer(node, seen), ...(list && (seen === "all" || list.length > 0) ? { addresses: list } : {}) };
}
