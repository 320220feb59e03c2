// Which of two things that Shopify said is newer, and the keys by which a state is known again.
import { hash } from "node:crypto";
import type { Time } from "./facts.ts";
import { timeOf } from "./fields.ts";
import type { Heard } from "./reading.ts";

/** The moment in UTC to the millisecond: these compare as text. */
export const utc = (time: Time): string => new Date(time).toISOString();

/** The first of these that is known; else when Shopify sent the webhook, else when it came. */
export function when(heard: Heard, ...times: (Time | null)[]): Time {
  return times.find((time) => time !== null) ?? timeOf(heard.triggeredAt) ?? heard.heardAt;
}

/** When Shopify says a thing was so; a later one of two is newer. Without updated_at it is older than any with one. */
export function stamp(heard: Heard, updatedAt: Time | null): string {
  const triggered = timeOf(heard.triggeredAt);
  return `${updatedAt ? utc(updatedAt) : ""}|${triggered ? utc(triggered) : ""}`;
}

/** Which came later, as text. */
export const arrival = (heard: Heard): string => heard.arrival.padStart(20, "0");

/** The version of a state that Shopify dates. `rank`: digits that tell of two words of one moment the newer, whichever came last. */
export const version = (heard: Heard, updatedAt: Time, rank = ""): string =>
  `${stamp(heard, updatedAt)}|${rank}${arrival(heard)}`;

/** What is deleted never comes back: newer than every dated state. */
export const deletedVersion = (heard: Heard): string => `9999-12-31T23:59:59.999Z||${arrival(heard)}`;

export const stateKey = (subject: string, updatedAt: Time, facts: unknown): string =>
  `${subject}@${utc(updatedAt)}#${fingerprint(facts)}`;

/** 12 hexadecimal digits that are the same for the same facts, in whatever order their names are. */
export const fingerprint = (facts: unknown): string => hash("sha256", canonical(facts)).slice(0, 12);

/** JSON with sorted names; many times faster than JSON.stringify with a function that sorts. */
function canonical(facts: unknown): string {
  if (typeof facts !== "object" || facts === null) return JSON.stringify(facts) ?? "null";
  if (Array.isArray(facts)) return `[${facts.map(canonical).join()}]`;
  let written = "";
  for (const name of Object.keys(facts).sort())
    written += `${written && ","}${JSON.stringify(name)}:${canonical((facts as Record<string, unknown>)[name])}`;
  return `{${written}}`;
}

/** What every event of a webhook says of the webhook. */
export function frame(heard: Heard, updatedAt: Time | null = null) {
  return { saidAt: timeOf(heard.triggeredAt) ?? updatedAt, heardAt: heard.heardAt, shop: heard.shop };
}
