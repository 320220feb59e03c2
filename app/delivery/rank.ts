// What leaves a lane first. Which kind of event has which rank is decided where deliveries are written down: delivery_rank() in the migration 0013_lanes.

/** Pages, products and searches that were looked at: the first to be left out where a vendor's budget is tight. */
export const BEHAVIOUR = 5;
