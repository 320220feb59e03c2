// How the buyer came, and what the theme embed wrote into the cart's attributes; the shopper can write there too.
import type { Click, Consent, Source } from "./facts.ts";
import { field, object, objects, shortText, text, timeOf, yesNo } from "./fields.ts";
import { type Fields, isFields, type Json, parseJson, Unreadable } from "./json.ts";

/** The click ids that are kept, by the name of their parameter in the landing page's address. */
const clickNames = ["pjclid", "gclid", "gbraid", "wbraid", "fbclid", "msclkid", "ttclid"];
const utmNames = ["source", "medium", "campaign", "term", "content", "id"];

export interface Told {
  visitorId: string | null;
  consent: Consent;
  source: Source;
  /** The click ids in the attributes; null where it tells of no attributes at all. */
  attributed: Record<string, Click> | null;
}

/** What an order, cart or checkout tells of its visitor by itself. */
export function told(from: Fields): Told {
  const notes = attributes(from);
  const written = notes?.get("__switchyard") ?? null;
  const kept = object({ kept: embedded(written) }, "kept");
  const landingPage = shortText(field(from, "landing_site"), 2048);
  const landed = arrival(landingPage);
  const clicks = keptClicks(object(kept, "clicks"));
  const own = ownClick(notes?.get("pjclid") ?? null);
  // The bare attribute has no time; the embed's own record of the same click has.
  if (own) clicks.pjclid = own.id === clicks.pjclid?.id ? { ...own, at: own.at ?? clicks.pjclid.at } : own;
  return {
    visitorId: visitorId(field(kept, "v")),
    consent: written === "" ? withdrawn : consentOf(object(kept, "c")),
    attributed: notes && clicks,
    source: {
      clicks: { ...landed.clicks, ...clicks },
      utm: { ...landed.utm, ...named(utmNames, (name) => shortText(field(object(kept, "utm"), name), 200)) },
      landingPage,
      referrer: shortText(field(from, "referring_site"), 2048),
    },
  };
}

/** The embed empties its attribute when a visitor takes back all consent. */
const withdrawn: Consent = { marketing: false, analytics: false };

const consentOf = (from: Fields | null): Consent => ({
  marketing: yesNo(from, "marketing"),
  analytics: yesNo(from, "analytics"),
});

/** An id that a browser made up: letters, digits and a little punctuation. */
export function visitorId(value: Json): string | null {
  const given = shortText(value, 128);
  return given && /^[\w.:-]+$/.test(given) ? given : null;
}

/** Click ids and utm facts in the address of a landing page, which may be a path alone. */
export function arrival(landingPage: string | null): Pick<Source, "clicks" | "utm"> {
  // Only the query counts, so any host does for a path.
  const url = landingPage ? URL.parse(landingPage, "https://shop.example.com") : null;
  const query = (name: string) => shortText(url?.searchParams.get(name) ?? null, 512);
  return {
    clicks: named(clickNames, (name) => {
      const id = query(name);
      return id ? { id, at: null } : null;
    }),
    utm: named(utmNames, (name) => query(`utm_${name}`)),
  };
}

/** Note attributes by name: a list of {name, value}, or an object in older payloads; null where there is neither. */
function attributes(from: Fields): Map<string, Json> | null {
  if (field(from, "attributes") === null && field(from, "note_attributes") === null) return null;
  const listed = objects(from, "note_attributes").map(
    (note) => [text(note, "name") ?? "", field(note, "value")] as const,
  );
  const older = object(from, "attributes") ?? object(from, "note_attributes") ?? {};
  return new Map([...Object.entries(older), ...listed]);
}

/** The JSON in an attribute; null where it is none. */
function embedded(value: Json): Json {
  const json = shortText(value, 4000);
  if (!json?.startsWith("{")) return null;
  try {
    return parseJson(json);
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

/** The attribute holds the bare click id, or JSON {"id", "at"}. */
function ownClick(value: Json): Click | null {
  const json = embedded(value);
  return isFields(json) ? clickOf(json) : clickOf({ id: value });
}

function clickOf(from: Fields): Click | null {
  const id = shortText(field(from, "id"), 512);
  return id ? { id, at: timeOf(shortText(field(from, "at"), 40)) } : null;
}

const keptClicks = (from: Fields | null) =>
  named(clickNames, (name) => {
    const click = object(from, name);
    return click && clickOf(click);
  });

function named<T>(names: string[], take: (name: string) => T | null): Record<string, T> {
  const found: Record<string, T> = {};
  for (const name of names) {
    const value = take(name);
    if (value !== null) found[name] = value;
  }
  return found;
}
