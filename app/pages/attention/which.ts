// Which deliveries a decision is about, as the forms say it.
import type { AttentionGroup, Which } from "../../delivery/attention.ts";

/** @param groups what "all" is. @returns nothing where the form names none. */
export async function readWhich(form: FormData, groups: () => Promise<AttentionGroup[]>): Promise<Which[]> {
  const text = (name: string) => String(form.get(name) ?? "");
  if (form.has("all"))
    return (await groups()).map(({ connectionId, state, reason }) => ({ connectionId, state, reason }));
  if (form.has("delivery")) return [{ ids: form.getAll("delivery").map(String) }];
  if (!form.has("connectionId")) return [];
  return [{ connectionId: text("connectionId"), state: text("state"), reason: text("reason") }];
}
