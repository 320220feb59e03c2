// What leaves a lane first. Which kind of event has which rank is decided where deliveries are written down: delivery_rank() in the database.

/** Purchases, what takes back some of one, customers, other states, carts and checkouts, behaviour; a subject's deliveries go in this order too. */
export const RANKS = [0, 1, 2, 3, 4, 5] as const;

/** Pages, products and searches that were looked at: the first to be left out where a vendor's budget is tight. */
export const BEHAVIOUR = 5;
