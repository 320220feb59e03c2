// Text that can be kept: PostgreSQL takes neither U+0000 nor half of a surrogate pair, and whoever cuts text may make one.

/** Without U+0000, and with U+FFFD in the place of what is half a character. */
export const wellFormed = (text: string): string =>
  (text.includes("\u0000") ? text.replaceAll("\u0000", "") : text).toWellFormed();

/** Well-formed, and at most `most` characters (code points) long. */
export function cut(text: string, most: number): string {
  const whole = wellFormed(text);
  // As many units as `most` characters can have, so that a long text is not taken apart as a whole.
  return whole.length <= most
    ? whole
    : Array.from(whole.slice(0, 2 * most))
        .slice(0, most)
        .join("");
}

/** JSON whose every text is well-formed: by its escapes half a character would pass into PostgreSQL's parser, which refuses it. */
export const keptJson = (value: unknown): string =>
  JSON.stringify(value, (_name, part: unknown) => (typeof part === "string" ? wellFormed(part) : part));
