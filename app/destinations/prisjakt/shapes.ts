// What Prisjakt's documents promise in their answers; unknown fields are let through.
import { z } from "zod";

export const Client = z.looseObject({ id: z.string(), roles: z.array(z.string()) });
export const Pixel = z.looseObject({ id: z.string(), enabled: z.boolean() });
const amount = z.number().nullish();
const Named = z.looseObject({ id: z.string() });
export const Shop = z.looseObject({ id: z.number(), clients: z.array(Named), pixels: z.array(Named) });

export const Event = z.looseObject({
  id: z.string(),
  click_id: z.string().nullish(),
  external_event_id: z.string().nullish(),
  event_name: z.string().nullish(),
  event_time: z.string().nullish(),
  data: z.looseObject({ number_of_items: amount, currency: z.string().nullish(), amount }).nullish(),
});

const Total = z.looseObject({ currency: z.string(), number_of_events: z.number(), total_amount: z.number() });
export const Summary = z.looseObject({
  per_day: z.array(Total.extend({ date: z.string(), time_zone: z.string().nullish() })),
  summaries: z.array(Total),
});
export type Summary = z.output<typeof Summary>;

export const Conversion = z.looseObject({
  purchase: z.looseObject({
    id: z.string(),
    timestamp: z.string(),
    currency: z.string(),
    amount: z.number(),
    numberOfItems: amount,
  }),
  forwarding: z.looseObject({
    timestamp: z.string().nullish(),
    url: z.string().nullish(),
    offerId: z.string().nullish(),
    product: z.looseObject({ id: z.string().nullish(), name: z.string().nullish() }).nullish(),
  }),
});
export type Conversion = z.output<typeof Conversion>;

export const Click = z.looseObject({
  id: z.string(),
  forwarded_date: z.string().nullish(),
  location: z.looseObject({ url: z.string().nullish(), product_id: z.string().nullish() }).nullish(),
  request: z.looseObject({ market: z.string().nullish(), bot_score: z.number().nullish() }).nullish(),
});
