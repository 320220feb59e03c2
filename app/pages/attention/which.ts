// Which deliveries or webhooks a decision is about, as the forms say it.

import { isReason, type Reason } from "../../base/reason.ts";
import type { AttentionGroup } from "../../delivery/ledger/attention.ts";
import type { WhichDismissed } from "../../delivery/ledger/dismissed.ts";
import type { Which, WhichWebhooks } from "../../delivery/ledger/replays.ts";
import type { UnreadableGroup } from "../../delivery/ledger/unreadable.ts";

const text = (form: FormData, name: string) => String(form.get(name) ?? "");

/** @param groups what "all" is. @returns nothing where the form names none. */
export async function readWhich(form: FormData, groups: () => Promise<AttentionGroup[]>): Promise<Which[]> {
  if (form.has("all"))
    return (await groups()).map(({ connectionId, state, reason }) => ({ connectionId, state, reason }));
  if (form.has("delivery")) return [{ ids: form.getAll("delivery").map(String) }];
  if (!form.has("connectionId")) return [];
  const reason = readReason(form);
  if (reason === undefined) return [];
  return [{ connectionId: text(form, "connectionId"), state: text(form, "state"), reason }];
}

/** @param groups what "all" is. @returns nothing where the form is not about webhooks. */
export async function readWhichWebhooks(
  form: FormData,
  groups: () => Promise<UnreadableGroup[]>,
): Promise<WhichWebhooks[]> {
  if (form.has("allWebhooks")) return (await groups()).map(({ topic, reason }) => ({ topic, reason }));
  if (form.has("webhook")) return [{ webhooks: form.getAll("webhook").map(String) }];
  const reason = readReason(form);
  return form.has("topic") && reason !== undefined ? [{ topic: text(form, "topic"), reason }] : [];
}

/** As we write one: the database knows fewer times than a Date does. */
const A_TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** A dismissal to be taken back: of named deliveries, of a group, or of webhooks of a topic; null: the form names none. */
export function readDismissed(form: FormData): WhichDismissed | { topic: string; dismissedAt: Date } | null {
  if (form.has("delivery")) return { ids: form.getAll("delivery").map(String) };
  const said = text(form, "dismissedAt");
  const dismissedAt = new Date(A_TIME.test(said) ? said : Number.NaN);
  if (Number.isNaN(dismissedAt.getTime())) return null;
  if (form.has("topic")) return { topic: text(form, "topic"), dismissedAt };
  const reason = readReason(form);
  if (reason === undefined) return null;
  return { connectionId: text(form, "connectionId"), state: text(form, "state"), reason, dismissedAt };
}

/** @returns null for a group without one; undefined where the form has none that we wrote. */
function readReason(form: FormData): Reason | null | undefined {
  try {
    const said: unknown = JSON.parse(text(form, "reason"));
    return said === null || isReason(said) ? said : undefined;
  } catch {
    return undefined;
  }
}
