// What a post of the web pixel may look like: a stranger can send anything here, so all that is not this is refused.
import { z } from "zod";

/** The events that the web pixel (extensions/web-pixel) sends. */
const NAMES = [
  "page_viewed",
  "product_viewed",
  "collection_viewed",
  "search_submitted",
  "cart_viewed",
  "product_added_to_cart",
  "checkout_started",
  "checkout_contact_info_submitted",
  "payment_info_submitted",
  "checkout_completed",
] as const;

const text = (longest: number) => z.string().max(longest).nullish();
const id = z.string().min(1).max(128);

const post = z.object({
  events: z
    .array(
      z.object({
        id,
        clientId: id,
        name: z.enum(NAMES),
        timestamp: z.string().min(1).max(40),
        // What is in it is read field by field later; only the body's size limits it.
        data: z.record(z.string(), z.unknown()).nullish(),
        context: z.object({ url: text(2048), title: text(300), referrer: text(2048) }).nullish(),
        consent: z.object({ marketing: z.boolean().nullish(), analytics: z.boolean().nullish() }).nullish(),
        checkoutToken: text(200),
        cartToken: text(500),
        orderId: text(60),
        customerId: text(60),
        embedId: text(128),
      }),
    )
    .min(1)
    .max(50),
});

/** Whose events a post holds, and how many of each; or the reason why it is none, without a word of it. */
export type Post = { visitors: Map<string, number>; events: number } | { wrong: string };

export function readPost(body: Buffer): Post {
  let json: unknown;
  try {
    json = JSON.parse(body.toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return { wrong: "the body is not JSON" };
    throw error;
  }
  const parsed = post.safeParse(json);
  if (!parsed.success)
    return { wrong: `the body is not a list of the pixel's events (${parsed.error.issues[0]?.path.join(".")})` };
  const { events } = parsed.data;
  const visitors = new Map<string, number>();
  for (const { clientId } of events) visitors.set(clientId, (visitors.get(clientId) ?? 0) + 1);
  return { visitors, events: events.length };
}
