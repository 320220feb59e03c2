// One shop as the stand-in for Shopify keeps it: what the app was granted there, and what is to go wrong with it.

/** What Shopify has approved this app for, of protected customer data. */
export type Approval = "data" | "name" | "email" | "phone" | "address";
export const APPROVALS: Approval[] = ["data", "name", "email", "phone", "address"];
export const GRANTED =
  "read_orders,read_customers,read_customer_merge,read_products,read_locales,write_pixels,read_customer_events";

/** What every part of the stand-in goes by; changed by its control. */
export interface World {
  now(): number;
  shop: string;
  secret: string;
  /** Scopes; what may be written may be read. */
  granted: Set<string>;
  approved: Set<Approval>;
  /** Milliseconds until the search index knows of a change. */
  indexLag: number;
  /** Was the web pixel's extension deployed with the app? */
  pixelDeployed: boolean;
  /** The fields that the deployed extension's settings have. */
  pixelSettings: string[];
  /** false: the app may be asked as often as it likes. */
  limited: boolean;
  /** Tells the app what happened, by a webhook of Shopify's own. */
  tell(topic: string, payload: object): void;
}

export const mayRead = ({ granted }: World, scope: string): boolean =>
  granted.has(scope) || (scope.startsWith("read_") && granted.has(scope.replace("read_", "write_")));
