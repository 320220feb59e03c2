// Refuses what the app was not granted or not approved for, in Shopify's own words.
import { GraphQLError, type GraphQLResolveInfo, getNamedType } from "graphql";
import { requiredAccess, scopesIn } from "./admin-schema.ts";
import { type Approval, mayRead, type World } from "./house.ts";

const SCOPES_PAGE = "https://shopify.dev/api/usage/access-scopes";
const PROTECTED_PAGE = "https://shopify.dev/docs/apps/launch/protected-customer-data";

/** Types that tell of a person, and the fields that have an approval of their own. */
const PERSONAL_TYPES = new Set(["Order", "Customer", "Refund", "AbandonedCheckout", "DraftOrder"]);
const PERSONAL_FIELDS: Record<string, Approval> = {
  "Customer.firstName": "name",
  "Customer.lastName": "name",
  "Customer.displayName": "name",
  "Customer.email": "email",
  "Customer.phone": "phone",
  "CustomerEmailAddress.emailAddress": "email",
  "CustomerPhoneNumber.phoneNumber": "phone",
  "Customer.defaultAddress": "address",
  "Customer.addresses": "address",
  "Customer.addressesV2": "address",
  "Order.email": "email",
  "Order.phone": "phone",
  "Order.clientIp": "address",
  "Order.billingAddress": "address",
  "Order.shippingAddress": "address",
};

/** @throws GraphQLError, which makes the field null as GraphQL has it. */
export function mustBeGranted(world: World, { parentType, fieldName, returnType }: GraphQLResolveInfo): void {
  const field = parentType.getFields()[fieldName];
  const required = field ? requiredAccess(field) : null;
  if (required && !scopesIn(required).some((scope) => mayRead(world, scope))) {
    throw new GraphQLError(`Access denied for ${fieldName} field. Required access: ${required}`, {
      extensions: { code: "ACCESS_DENIED", documentation: SCOPES_PAGE, requiredAccess: required },
    });
  }
  const object = getNamedType(returnType).name.replace(/Connection$/, "");
  if (PERSONAL_TYPES.has(object) && !world.approved.has("data")) throw notApproved(`access the ${object} object`);
  const approval = PERSONAL_FIELDS[`${parentType.name}.${fieldName}`];
  if (approval && !world.approved.has(approval)) throw notApproved(`use the ${fieldName} field`);
}

const notApproved = (to: string) =>
  new GraphQLError(`This app is not approved to ${to}. See ${PROTECTED_PAGE} for more details.`, {
    extensions: { code: "ACCESS_DENIED", documentation: PROTECTED_PAGE },
  });
