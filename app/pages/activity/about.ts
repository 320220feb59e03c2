// What an event or a delivery is about, and what a link to one says.
import { useTranslation } from "react-i18next";
import { useWords } from "../words.ts";

interface Thing {
  /** "order:1" */
  subject: string;
  /** The order's name or the product's title; null: only the subject is known. */
  name: string | null;
}
interface Delivered {
  connectionName: string;
  state: string;
  alreadyHad: boolean;
}

const THINGS = ["order", "customer", "product", "collection", "cart", "checkout", "visitor"] as const;

/** "Order #1001", "Customer 42" */
export function useAbout(): (thing: Thing) => string {
  const { t } = useTranslation("activity");
  return ({ subject, name }) => {
    const [kind = "", ...rest] = subject.split(":");
    const thing = THINGS.find((one) => one === kind);
    const id = rest.join(":");
    return thing ? t(`about.${thing}`, { name: name ?? id }) : subject;
  };
}

/** "#1001"; what has no name is said as in `useAbout`. */
export function useName(): (thing: Thing) => string {
  const about = useAbout();
  return (thing) => thing.name ?? about(thing);
}

/** "Order #1001 at Tolinku: delivered" */
export function useLinkWords(): (about: string, delivery: Delivered, deliveredAs?: string) => string {
  const { t, i18n } = useTranslation("activity");
  const { t: shell } = useTranslation("shell");
  const words = useWords();
  return (about, { connectionName, state, alreadyHad }, deliveredAs) => {
    const had = alreadyHad && state === "delivered";
    const word = had ? shell("delivery.alreadyHad") : words.delivery(state, deliveredAs).word;
    return t("link", { about, connection: connectionName, state: word.toLocaleLowerCase(i18n.language) });
  };
}

/** Of an order's subject, its page; null: it is about something else. */
export function orderPageOf(subject: string): string | null {
  const [, id] = /^order:(\d{1,20})$/.exec(subject) ?? [];
  return id ? `/app/orders/${id}` : null;
}
