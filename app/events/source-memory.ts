// How the buyer came, as cart and checkout told it: an order by a quick way to pay (Shop Pay) often brings no attributes of its own.
import type { Click, Consent, Source, Time } from "./facts.ts";
import type { Heard, Known, Snapshot, SnapshotKey } from "./reading.ts";
import type { Told } from "./source.ts";
import { utc } from "./version.ts";
import type { Tokens } from "./visitor.ts";

/** What a snapshot of kind "source" holds: click ids that may be kept, and what needs no consent. */
type KnownSource = Pick<Source, "clicks" | "utm" | "landingPage" | "referrer">;

const life = 30 * 24 * 60 * 60 * 1000;
const nothing: KnownSource = { clicks: {}, utm: {}, landingPage: null, referrer: null };

/** The checkout is asked first, then the cart. */
export const sourceKeys = ({ checkout, cart }: Tokens): SnapshotKey[] =>
  Object.entries({ checkout, cart }).flatMap(([name, token]) =>
    token ? [{ kind: "source", id: `${name}:${token}` }] : [],
  );

/** Under the thing's own token. What it once told and tells no more is forgotten, but not where it says nothing of attributes. */
export function rememberSource(
  key: SnapshotKey,
  own: Told,
  consent: Consent,
  at: Time,
  known: Known,
  heard: Heard,
): Snapshot[] {
  const before = known(key);
  if (!own.attributed || (before && before.version > utc(at))) return [];
  const data: KnownSource = { ...own.source, clicks: mayBeKept(own, consent) };
  if (!before && JSON.stringify(data) === JSON.stringify(nothing)) return [];
  const expiresAt = new Date(Date.parse(heard.heardAt) + life).toISOString();
  return [{ ...key, version: utc(at), data, expiresAt }];
}

/** The embed writes a click id into the cart after consent only; one out of an address needs the visitor's yes. */
function mayBeKept(own: Told, consent: Consent): Record<string, Click> {
  if (consent.marketing === false) return {};
  return consent.marketing ? own.source.clicks : (own.attributed ?? {});
}

/** The order's own words, and what it lacks as checkout and cart told it; click ids not for a visitor who refused. */
export function withSource(own: Source, tokens: Tokens, consent: Consent, known: Known): Source {
  return sourceKeys(tokens)
    .flatMap((key) => (known(key)?.data as KnownSource | undefined) ?? [])
    .reduce<Source>(
      (source, older) => ({
        clicks: consent.marketing === false ? source.clicks : withClicks(source.clicks, older.clicks),
        // The facts of one campaign belong together.
        utm: Object.keys(source.utm).length > 0 ? source.utm : older.utm,
        landingPage: source.landingPage ?? older.landingPage,
        referrer: source.referrer ?? older.referrer,
      }),
      own,
    );
}

/** The same click keeps the time at which it was captured, whoever tells it. */
function withClicks(clicks: Record<string, Click>, older: Record<string, Click>): Record<string, Click> {
  const timed = Object.entries(clicks).map(([name, click]) => {
    const was = older[name];
    return [name, click.at === null && was?.id === click.id ? was : click] as const;
  });
  return { ...older, ...Object.fromEntries(timed) };
}
