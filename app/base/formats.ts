// Formatters of numbers and times, kept: one holds some 30 KB of native memory, which the garbage collector does not see.

const MOST = 100;

/** @returns the function, with what it made for the same arguments; the eldest goes where there are too many. */
function keeping<Args extends unknown[], Made>(make: (...args: Args) => Made): (...args: Args) => Made {
  const kept = new Map<string, Made>();
  return (...args) => {
    const name = JSON.stringify(args);
    const known = kept.get(name);
    if (known) return known;
    const made = make(...args);
    const [eldest] = kept.keys();
    if (kept.size >= MOST && eldest !== undefined) kept.delete(eldest);
    kept.set(name, made);
    return made;
  };
}

/** @throws RangeError where Intl does not know the zone. */
export const timeFormat = keeping(
  (locale: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
);

/** @throws RangeError where Intl does not know the currency's form. */
export const numberFormat = keeping(
  (locale: string, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
);

/** "4 minutes ago" */
export const spanFormat = keeping(
  (locale: string, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(locale, options),
);

/** The zone that this machine is set to, as it names it. */
export const ownZone = keeping(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
