// Does what a form of Needs attention asks for, and says how far it came: codes and numbers, no sentence.
import { attentionOf } from "../../delivery/ledger/attention.ts";
import { begin } from "../../delivery/ledger/decide.ts";
import type { Deed } from "../../delivery/ledger/replays.ts";
import { dismissWebhooks, readAgain, takeBackWebhooks, unreadable } from "../../delivery/ledger/unreadable.ts";
import type { Road } from "../../delivery/road.ts";
import { readDismissed, readWhich, readWhichWebhooks } from "./which.ts";

export interface Decided {
  what: Deed;
  /** nothing: the form named none. */
  of: "delivery" | "webhook" | "nothing";
  /** For so many it is done. */
  count: number;
  total: number;
  /** false: a worker goes on. */
  ended: boolean;
}
const nothing = (what: Deed): Decided => ({ what, of: "nothing", count: 0, total: 0, ended: true });

/** @param by the user who decides. */
export async function decided(road: Road, shop: string, form: FormData, by: string): Promise<Decided> {
  const intent = form.get("intent");
  if (intent === "restore") return takenBack(road, shop, form, by);
  const what = intent === "dismiss" ? "dismiss" : "replay";
  const webhooks = await readWhichWebhooks(form, () => unreadable(road, shop));
  if (webhooks.length > 0) {
    const numbers = await Promise.all(
      webhooks.map((which) =>
        what === "dismiss" ? dismissWebhooks(road, shop, which, by) : readAgain(road, shop, which, by),
      ),
    );
    const count = numbers.reduce((sum, one) => sum + one, 0);
    return { what: what === "dismiss" ? what : "read", of: "webhook", count, total: count, ended: true };
  }
  const which = readWhich(form);
  if (!which) return nothing(what);
  const total = await attentionOf(road, shop, which);
  const { count, total: all, ended } = await begin(road, shop, { what, which, by }, total);
  return { what, of: "delivery", count, total: all, ended };
}

async function takenBack(road: Road, shop: string, form: FormData, by: string): Promise<Decided> {
  const which = readDismissed(form);
  const what = "restore";
  if (!which) return nothing(what);
  if ("topic" in which) {
    const count = await takeBackWebhooks(road, shop, which.topic, which.dismissedAt);
    return { what, of: "webhook", count, total: count, ended: true };
  }
  const { count, total, ended } = await begin(road, shop, { what, which, by });
  return { what, of: "delivery", count, total, ended };
}
