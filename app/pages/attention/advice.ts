// What can be done about a reason: its class, by its code and by what the vendor answered.
import type { Reason, Value } from "../../base/reason.ts";

/** key: the credentials are refused · permission: they may not do it · plan: the vendor's plan or quota is in the way · definition: the vendor does not know the event · data: the vendor takes it no such way · app: we could not put it into words · late, doubt: by its state · other: nothing more is known. */
export type AdviceClass = "key" | "permission" | "plan" | "definition" | "data" | "app" | "late" | "doubt" | "other";

/** Where the button leads; null: sending again is all there is to do. */
export const LEADS: Record<AdviceClass, "connection" | "proof" | null> = {
  ...{ key: "connection", permission: "connection", plan: "connection", definition: "proof", data: "proof" },
  ...{ app: "proof", late: null, doubt: null, other: "proof" },
};

const BY_CODE: Record<string, AdviceClass> = {
  ...{ shopipixel_key_refused: "key", credentials_closed: "key", prisjakt_client_wanted: "key" },
  ...{ prisjakt_pixel_unknown: "key", shopipixel_permission: "permission", prisjakt_pixel_off: "permission" },
  ...{ shopipixel_plan: "plan", tolinku_free_plan: "plan", tolinku_plan_used_up: "plan", tolinku_frozen: "plan" },
  ...{ tolinku_events_used_up: "plan", shopipixel_event_unknown: "definition", shopimind_declaration: "definition" },
  ...{ alana_not_valid: "data", shopimind_no_contact: "data", not_in_words: "app" },
};
const BY_STATUS: Record<string, AdviceClass> = { 401: "key", 402: "plan", 403: "permission", 429: "plan" };
/** The values in which a reason holds the one that it is about. */
const WITHIN = ["before", "reason", "last"];

const isReasonOf = (value: Value | undefined): value is Reason => typeof value === "object" && !Array.isArray(value);

/** The reason in the middle: "replayed: …" and "… (tried once more)" say nothing of what is the matter. */
function innermost(reason: Reason): Reason {
  const inner = WITHIN.map((name) => reason.values[name]).find(isReasonOf);
  return inner ? innermost(inner) : reason;
}

export function adviceFor(state: string, reason: Reason | null): AdviceClass {
  if (state === "unknown") return "doubt";
  if (state === "expired") return "late";
  if (!reason) return "other";
  const { code, values } = innermost(reason);
  const known = BY_CODE[code];
  if (known) return known;
  const words = typeof values.words === "string" ? values.words : "";
  const [, status = ""] = /^(\d{3})\b/.exec(words) ?? [];
  return BY_STATUS[status] ?? (status ? "data" : "other");
}
