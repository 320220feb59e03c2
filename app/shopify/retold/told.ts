// What all that is retold has in common: Shopify's ids, and fields that are null because they may not be seen.
import { z } from "zod";

/** The body of a webhook; ids and money are text. */
export type Body = Record<string, unknown>;

/** How much of a node was told: where protected customer data is not approved, null says nothing. */
export type Seen = "all" | "without protected data";

export const gid = z.string().regex(/\/\d+(\?.*)?$/);
export const withId = z.object({ id: gid });

/** The digits of a gid, never as a number. */
export const digits = (id: string): string => /(\d+)(?:\?.*)?$/.exec(id)?.[1] ?? "";

export const identity = (id: string) => ({ id: digits(id), admin_graphql_api_id: id });

/** A webhook's own words are in small letters. */
export const word = (value: string): string => value.toLowerCase();

/** Null says "none" only where it would have been told. */
export const personal = (fields: Body, seen: Seen): Body =>
  seen === "all" ? fields : Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
