// Reads the connect form: the names of its inputs are known here and in the components that draw them.
import type { Draft } from "../../delivery/connections/drafts.ts";
import type { Rules } from "../../delivery/connections/rules.ts";
import type { EventKind } from "../../events/event.ts";
import type { Sheet } from "./sheet.ts";

/** @param by the session token's user. */
export function readConnectionForm(form: FormData, sheet: Sheet, by: string): Draft {
  return {
    id: textOf(form, "id") || null,
    destination: sheet.slug,
    name: textOf(form, "name") || sheet.name,
    settings: Object.fromEntries(sheet.fields.map(({ key }) => [key, textOf(form, `settings.${key}`)])),
    rules: readRules(form, sheet),
    ...(form.has("version") ? { version: Number(textOf(form, "version")) || 0 } : {}),
    by,
  };
}

const textOf = (form: FormData, name: string) => String(form.get(name) ?? "").trim();

/** As they are written, with commas between; one that stands twice in it, in whatever case, once. */
const tagsOf = (text: string): string[] => {
  const tags = text.split(",").map((tag) => tag.trim());
  return [...new Map(tags.filter(Boolean).map((tag) => [tag.toLowerCase(), tag])).values()];
};

/** Only what the form asked: the rest stays as it is. */
function readRules(form: FormData, sheet: Sheet): Partial<Rules> {
  const on = form.getAll("kinds[]");
  const consent = textOf(form, "unknownConsent");
  const rules: Partial<Rules> = {
    ownApp: form.has("ownApp"),
    kindsOff: sheet.kinds.filter((kind) => !on.includes(kind)) as EventKind[],
  };
  if (consent === "send" || consent === "skip" || consent === "without contact") rules.unknownConsent = consent;
  if (!form.has("purchaseWhen")) return rules;
  return {
    ...rules,
    purchaseWhen: textOf(form, "purchaseWhen") === "paid" ? "paid" : "placed",
    countOnline: form.has("countOnline"),
    countDrafts: form.has("countDrafts"),
    countPos: form.has("countPos"),
    countSubscriptions: form.has("countSubscriptions"),
    channels: form.getAll("channels[]").map(String),
    onlyTags: tagsOf(textOf(form, "onlyTags")),
    exceptTags: tagsOf(textOf(form, "exceptTags")),
    countries: form.getAll("countries[]").map((code) => String(code).trim().toUpperCase()),
  };
}
