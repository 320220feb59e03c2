// A data sheet by its slug.
import type { Destination } from "../../app/destinations/destination.ts";
import { destinations } from "../../app/destinations/index.ts";

export const destinationOf = (slug: string): Destination | undefined =>
  destinations.find((destination) => destination.slug === slug);
