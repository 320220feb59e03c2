// Is it a webhook's body? Shopify signs session tokens and launch URLs with the same secret, so a right signature alone proves none.

const [BRACE, BRACKET, END_BRACE, COMMA, COLON, QUOTE, BACKSLASH] = [0x7b, 0x5b, 0x7d, 0x2c, 0x3a, 0x22, 0x5c];
const [MINUS, PLUS, DOT, ZERO, LETTER_U] = [0x2d, 0x2b, 0x2e, 0x30, 0x75];
const ESCAPED = new Set(Buffer.from('"\\/bfnrtu'));
const WORDS = ["true", "false", "null"].map((word) => Buffer.from(word));
/** No place: what should be there is not. */
const NOWHERE = -1;

/**
 * One JSON object from end to end, leading white space and a byte order mark aside: what JSON.parse takes. It is only looked at,
 * byte by byte: to make its values takes several times as long, and the garbage after it. All that makes JSON what it is is ASCII.
 */
export function isJsonObject(body: Buffer): boolean {
  let at = pastSpace(body, body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0);
  if (body[at] !== BRACE) return false;
  /** What ends each that is open, the innermost last. */
  const ends: number[] = [];
  for (;;) {
    const first = body[at];
    if (first === BRACE || first === BRACKET) {
      const end = first + 2;
      ends.push(end);
      at = pastSpace(body, at + 1);
      if (body[at] !== end) {
        if (end === END_BRACE) at = pastName(body, at);
        continue;
      }
    } else at = pastSpace(body, pastScalar(body, at));
    while (body[at] === ends.at(-1)) {
      ends.pop();
      at = pastSpace(body, at + 1);
      if (ends.length === 0) return at === body.length;
    }
    if (body[at] !== COMMA) return false;
    at = pastSpace(body, at + 1);
    if (ends.at(-1) === END_BRACE) at = pastName(body, at);
  }
}

// Each of these is given where something begins and says where it is over.

function pastSpace(body: Buffer, at: number): number {
  let byte = body[at];
  while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = body[++at];
  return at;
}

/** With the colon. */
function pastName(body: Buffer, at: number): number {
  if (body[at] !== QUOTE) return NOWHERE;
  const colon = pastSpace(body, pastText(body, at + 1));
  return body[colon] === COLON ? pastSpace(body, colon + 1) : NOWHERE;
}

function pastScalar(body: Buffer, at: number): number {
  const first = body[at] ?? 0;
  if (first === QUOTE) return pastText(body, at + 1);
  if (first === MINUS || isDigit(first)) return pastNumber(body, first === MINUS ? at + 1 : at);
  const word = WORDS.find((one) => one[0] === first);
  return word?.every((byte, nth) => body[at + nth] === byte) ? at + word.length : NOWHERE;
}

/** @param at behind the first quote. */
function pastText(body: Buffer, at: number): number {
  for (;;) {
    let byte = body[at];
    // Most of a body is here, so it is written for speed.
    while (byte !== 0x22 && byte !== 0x5c && (byte as number) >= 0x20) byte = body[++at];
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH) return NOWHERE;
    const escaped = body[at + 1] ?? 0;
    if (!ESCAPED.has(escaped)) return NOWHERE;
    at += 2;
    if (escaped !== LETTER_U) continue;
    for (const end = at + 4; at < end; at += 1) if (!isHex(body[at] ?? 0)) return NOWHERE;
  }
}

/** @param at behind the sign. */
function pastNumber(body: Buffer, at: number): number {
  let end = body[at] === ZERO ? at + 1 : pastDigits(body, at);
  if (body[end] === DOT) end = pastDigits(body, end + 1);
  if (((body[end] ?? 0) | 0x20) !== 0x65) return end;
  const sign = body[end + 1];
  return pastDigits(body, sign === MINUS || sign === PLUS ? end + 2 : end + 1);
}

/** At least one. */
function pastDigits(body: Buffer, at: number): number {
  let end = at;
  while (isDigit(body[end] ?? 0)) end += 1;
  return end > at ? end : NOWHERE;
}

const isDigit = (byte: number) => byte >= ZERO && byte <= 0x39;
const isHex = (byte: number) => isDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
