// What each vendor is left with by the bodies that it was sent: purchases less what was taken off, each id once, to the cent.
import { less, sum, writtenAs } from "../../app/events/decimal.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import type { TestRoad } from "./road.ts";
import { listen } from "./wire.ts";

interface Tolinku {
  event_type: string;
  transaction_id: string;
  revenue: string;
}
interface ShopiPixel {
  eventName: string;
  eventId: string;
  customData: { value: string };
}
/** Its key, whether it adds or takes off, and the amount. */
type Signed = [key: string, sign: "+" | "-", amount: string];

const net = (signed: Signed[]): string | null => {
  const once = [...new Map(signed.map((one) => [one[0], one])).values()];
  const of = (which: string) => once.filter(([, sign]) => sign === which).map(([, , amount]) => amount);
  return of("+").length > 0 ? writtenAs(less(sum("0", ...of("+")), sum("0", ...of("-"))), "0.00") : null;
};

export function netAt(trip: TestRoad) {
  const all = listen(trip);
  const before = new Map<string, number>();
  const told = (slug: Slug) => all(slug).slice(before.get(slug) ?? 0);
  const tolinku = () =>
    (told("tolinku") as { events: Tolinku[] }[])
      .flatMap(({ events }) => events)
      .filter(({ event_type }) => event_type === "purchase" || event_type === "refund");
  const shopipixel = () =>
    (told("shopipixel") as (ShopiPixel | ShopiPixel[])[])
      .flat()
      .filter(({ eventName }) => eventName === "Purchase" || eventName === "OrderRefunded");
  return {
    told,
    /** From here on only what is told now. */
    forget: () => {
      for (const slug of ["tolinku", "shopipixel"] as const) before.set(slug, all(slug).length);
    },
    tolinku: () =>
      net(tolinku().map((one) => [one.transaction_id, one.event_type === "purchase" ? "+" : "-", one.revenue])),
    shopipixel: () =>
      net(shopipixel().map((one) => [one.eventId, one.eventName === "Purchase" ? "+" : "-", one.customData.value])),
    /** The last state of the order at ShopiMind. */
    shopimind: (id: number) => {
      const found: { order_id: string; amount: string }[] = [];
      const look = (body: unknown) => {
        if (typeof body !== "object" || body === null) return;
        if ("order_id" in body && body.order_id === String(id)) found.push(body as (typeof found)[number]);
        for (const one of Object.values(body)) look(one);
      };
      look(told("shopimind"));
      return found.at(-1) as (Record<string, unknown> & { products: Record<string, unknown>[] }) | undefined;
    },
  };
}
