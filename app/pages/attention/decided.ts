// Does what a form of Needs attention asks for, and says how far it came: codes and numbers, no sentence.
import { begin } from "../../delivery/ledger/decide.ts";
import { attentionOf } from "../../delivery/ledger/attention.ts";
import type { Deed } from "../../delivery/ledger/replays.ts";
import { dismissWebhooks, readAgain, takeBackWebhooks, unreadable } from "../../delivery/ledger/unreadable.ts";
import type { Road } from "../../delivery/road.ts";
import type { Decided } from "./says.ts";
import { readDismissed, readWhich, readWhichWebhooks } from "./which.ts";

/** @param by the user who decides. */
export async function decided(road: Road, shop: string, form: FormData, by: string): Promise<Decided> {
  const intent = form.get("intent");
  if (intent === "take back") return takenBack(road, shop, form, by);
  const what: Deed = intent === "dismiss" ? "dismiss" : "replay";
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
  if (!which) return { what, of: "nothing", count: 0, total: 0, ended: true };
  const total = await attentionOf(road, shop, which);
  return { what, of: "delivery", ...(await begin(road, shop, { what, which, by }, total)) };
}

async function takenBack(road: Road, shop: string, form: FormData, by: string): Promise<Decided> {
  const which = readDismissed(form);
  const what = "take back";
  if (!which) return { what, of: "nothing", count: 0, total: 0, ended: true };
  if ("topic" in which) {
    const count = await takeBackWebhooks(road, shop, which.topic, which.dismissedAt);
    return { what, of: "webhook", count, total: count, ended: true };
  }
  return { what, of: "delivery", ...(await begin(road, shop, { what, which, by })) };
}
