// What can happen in a shop, in our words: one union, the same for every source and every destination.
import type { Collection, Product } from "./catalog.ts";
import type { Customer, Decimal, Id, Item, Shop, Time } from "./facts.ts";
import type { Against, Cart, Checkout, Order, Page, Refund } from "./shopping.ts";

interface Happening {
  /** What makes it the same happening, however often and by whichever webhook we hear of it: "purchase:450789469". One row for ever. */
  key: string;
  /** What it is about: "order:450789469". Deliveries about one subject go in order. */
  subject: string;
  /** When it happened; where nobody says (a deletion), when Shopify told it. */
  occurredAt: Time;
  /** When Shopify said so (X-Shopify-Triggered-At, else updated_at). */
  saidAt: Time | null;
  /** When we heard of it. */
  heardAt: Time;
  /** For states: which of two is newer; compares as text. null for what is not a state. */
  version: string | null;
  /** The shop as it was then. */
  shop: Shop;
}

type Happened<Kind extends string, Facts> = Happening & { kind: Kind } & Facts;

/** `raise`: by how much the order is now worth more than vendors were told. `owed`: what is left of the order. */
interface Changed extends Against {
  raise: Decimal;
  owed: Decimal;
  number: number;
}

/** The lines that grew or shrank against the last known cart, each with the difference as its quantity. */
interface CartDifference {
  cart: Cart;
  added: Item[];
  removed: Item[];
}

export type Event =
  /** A buyer bought. Once per order, by whichever of its webhooks was seen first. */
  | Happened<"order.placed", { order: Order }>
  /** The order was paid in full. `paidAt`: as near as the webhook that said so tells it. */
  | Happened<"order.paid", { order: Order; paidAt: Time }>
  /** A state of the order, its first included. */
  | Happened<"order.updated", { order: Order }>
  | Happened<"order.cancelled", { order: Order }>
  /** The merchant took it out of the books: test orders, and what was cancelled or archived. */
  | Happened<"order.deleted", { orderId: Id }>
  /**
   * Money went back. `order` is null where the refund's own webhook was seen first: it does not carry the order.
   * `part`: what of it vendors are to be told, where they were told the rest before; absent: all of it.
   * `number`: 2 and more where more of the same refund was paid later. `against`: see the reduction.
   */
  | Happened<"order.refunded", { refund: Refund; order: Order | null; part?: Decimal; number?: number } & Against>
  /**
   * The order became less without money going back: an edit, a cancellation before it was paid. `less` is what vendors are to be
   * told; "0" where what was taken off had never been told. `number` counts the order's changes. `against` says for which of the
   * two purchases (placed, paid) it is reckoned, where they differ; absent: for both.
   */
  | Happened<"order.reduced", { order: Order; less: Decimal } & Changed>
  /** The order became more: no vendor can be told. `more`: by this change. */
  | Happened<"order.raised", { order: Order; more: Decimal } & Changed>
  /** The first that is known of a cart; all its lines were added. */
  | Happened<"cart.created", CartDifference>
  | Happened<"cart.changed", CartDifference>
  | Happened<"checkout.started", { checkout: Checkout }>
  /** An e-mail address, a phone number or a customer is known for the first time. */
  | Happened<"checkout.contact_given", { checkout: Checkout }>
  /** Told by the web pixel; the checkout as its last webhook had it. */
  | Happened<"checkout.payment_info_given", { checkout: Checkout }>
  | Happened<"checkout.abandoned", { checkout: Checkout }>
  /** A state of the customer, with all that is known. */
  | Happened<"customer.saved", { customer: Customer }>
  | Happened<"customer.deleted", { customerId: Id }>
  /** `mergedId` is no more; what was theirs is now `customerId`'s. */
  | Happened<"customer.merged", { customerId: Id; mergedId: Id }>
  /** A state of the customer too; names are null where they were never told. */
  | Happened<"customer.consent_changed", { customer: Customer }>
  | Happened<"product.saved", { product: Product }>
  | Happened<"product.deleted", { productId: Id }>
  | Happened<"collection.saved", { collection: Collection }>
  | Happened<"collection.deleted", { collectionId: Id }>
  /** These and all below are told by the web pixel. */
  | Happened<"page.viewed", { page: Page }>
  /** `item` is one piece; its price is in `currency`. */
  | Happened<"product.viewed", { page: Page; item: Item; currency: string }>
  | Happened<"collection.viewed", { page: Page; collection: { id: Id; title: string } }>
  | Happened<"cart.viewed", { page: Page; cart: Cart }>
  /** `query`: what was typed. */
  | Happened<"search.submitted", { page: Page; query: string }>;

export type EventKind = Event["kind"];
export type EventOf<Kind extends EventKind> = Extract<Event, { kind: Kind }>;
