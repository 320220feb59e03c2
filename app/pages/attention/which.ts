// Which deliveries a decision is about, as the forms say it.
import type { Which } from "../../delivery/attention.ts";

/** @returns null where the form names none. */
export function readWhich(form: FormData): Which | null {
  const text = (name: string) => String(form.get(name) ?? "");
  if (form.has("delivery")) return { ids: form.getAll("delivery").map(String) };
  if (!form.has("connectionId")) return null;
  return { connectionId: text("connectionId"), state: text("state"), reason: text("reason") };
}
