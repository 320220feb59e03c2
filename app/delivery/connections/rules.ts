// What a merchant decides for a connection beside its credentials: which orders count, which events are off, what unknown consent means.
import { z } from "zod";
import type { EventKind } from "../../events/event.ts";

const schema = z.object({
  /** A purchase counts when it is placed, or only when it is paid. */
  purchaseWhen: z.enum(["placed", "paid"]).default("placed"),
  /** Orders placed before the last change of `purchaseWhen` keep the rule before it. */
  purchaseWhenSince: z.string().nullable().default(null),
  /** Orders of the online shop, and of Shopify's apps for phones. */
  countOnline: z.boolean().default(true),
  /** Orders that staff wrote as drafts. */
  countDrafts: z.boolean().default(true),
  countPos: z.boolean().default(false),
  countSubscriptions: z.boolean().default(false),
  /** Channels of others (Shopify's source_name, in lower case) whose orders count too. */
  channels: z.array(z.string()).default([]),
  /** For visitors whose consent nobody told us. */
  unknownConsent: z.enum(["send", "without contact", "skip"]).default("without contact"),
  /** Is the vendor's own Shopify app active in this shop? */
  ownApp: z.boolean().default(false),
  kindsOff: z.array(z.string()).default([]),
  /** ISO 3166-1 alpha-2 codes of the shipping countries whose orders are this connection's; empty: all. */
  countries: z.array(z.string()).default([]),
  /** Only orders that have one of these tags when they come, in whatever case; empty: all. */
  onlyTags: z.array(z.string()).default([]),
  /** No order that has one of these. */
  exceptTags: z.array(z.string()).default([]),
});

export type Rules = z.infer<typeof schema> & { kindsOff: EventKind[] };

/** Reads the rules of a connection as stored; what is missing takes its default. */
export const readRules = (stored: unknown): Rules => schema.parse(stored ?? {}) as Rules;
