// Which deliveries or webhooks a decision is about, as the forms say it.

import { isReason, type Reason } from "../../base/reason.ts";
import type { Which, WhichWebhooks } from "../../delivery/ledger/replays.ts";
import type { UnreadableGroup } from "../../delivery/ledger/unreadable.ts";

const text = (form: FormData, name: string) => String(form.get(name) ?? "");

/** @returns null where the form names none. */
export function readWhich(form: FormData): Which | null {
  if (form.has("all")) return { all: true };
  if (form.has("delivery")) return { ids: form.getAll("delivery").map(String) };
  if (!form.has("connectionId")) return null;
  const reason = readReason(form);
  return reason === undefined ? null : { connectionId: text(form, "connectionId"), state: text(form, "state"), reason };
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

/** What is to be taken back: named deliveries, what was dismissed at once, or webhooks of a topic; null: the form names none. */
export function readDismissed(form: FormData): Which | { topic: string; dismissedAt: Date } | null {
  if (form.has("delivery")) return { ids: form.getAll("delivery").map(String) };
  const said = text(form, "dismissedAt");
  const dismissedAt = new Date(A_TIME.test(said) ? said : Number.NaN);
  if (Number.isNaN(dismissedAt.getTime())) return null;
  if (form.has("topic")) return { topic: text(form, "topic"), dismissedAt };
  return { dismissedAt: dismissedAt.toISOString(), by: text(form, "by") || null };
}

/** As it is kept: with a code, and with texts or reasons as its values. */
function isWhole(said: unknown): said is Reason {
  if (!isReason(said) || typeof said.code !== "string") return false;
  const { values } = said;
  if (typeof values !== "object" || values === null || Array.isArray(values)) return false;
  return Object.values(values).every((value) =>
    Array.isArray(value) ? value.every(isWhole) : typeof value === "string" || isWhole(value),
  );
}

/** @returns null for a group without one; undefined where the form has none that we wrote. */
function readReason(form: FormData): Reason | null | undefined {
  try {
    const said: unknown = JSON.parse(text(form, "reason"));
    return said === null || isWhole(said) ? said : undefined;
  } catch {
    return undefined;
  }
}
