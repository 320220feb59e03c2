// The list of destinations, in the order in which the pages show them.
import alana from "./alana/index.ts";
import type { Destination } from "./destination.ts";
import prisjakt from "./prisjakt/index.ts";
import shopimind from "./shopimind/index.ts";
import shopipixel from "./shopipixel/index.ts";
import tolinku from "./tolinku/index.ts";

export const destinations: readonly Destination[] = [shopipixel, prisjakt, alana, tolinku, shopimind];
