// Reads a body's JSON without loss: every number keeps its digits, and hostile input ends in a sentence, never in a crash.
import { LosslessNumber, parse as parseLossless } from "lossless-json";
import { type Reason, tell } from "../base/reason.ts";
import { because, EVENT_REASONS } from "./reasons.ts";

export type Json = null | boolean | string | LosslessNumber | Json[] | Fields;
export interface Fields {
  [name: string]: Json;
}

/** Why a webhook cannot be read. */
export class Unreadable extends Error {
  override name = "Unreadable";
  readonly reason: Reason;
  constructor(reason: Reason, options?: ErrorOptions) {
    super(tell(EVENT_REASONS, reason), options);
    this.reason = reason;
  }
}

/** Shopify nests less than ten deep; the parser recurses, so what is deeper is refused before it. */
const deepest = 60;

/** The body as an object. @throws Unreadable */
export function parseBody(body: Uint8Array): Fields {
  const text = new TextDecoder().decode(body);
  if (text.trim() === "") throw new Unreadable(because("body_empty"));
  const json = parseJson(text);
  if (!isFields(json)) throw new Unreadable(because("body_no_object"));
  return json;
}

/** @throws Unreadable */
export function parseJson(text: string): Json {
  if (depth(text) > deepest) throw new Unreadable(because("body_too_deep", { depth: `${deepest}` }));
  try {
    // A name that comes twice counts as JSON.parse counts it: the last one.
    return parseLossless(text, null, { onDuplicateKey: ({ newValue }) => newValue }) as Json;
  } catch (error) {
    // The parser's own message quotes the body, which may hold personal data: only the place is told.
    const place = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
    throw new Unreadable(place ? because("body_breaks_off", { place }) : because("body_no_json"), { cause: error });
  }
}

/** undefined: it is no JSON, or nothing. */
export function jsonIn(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

export function isFields(json: Json | undefined): json is Fields {
  return typeof json === "object" && json !== null && !Array.isArray(json) && !(json instanceof LosslessNumber);
}

function depth(text: string): number {
  let now = 0;
  let most = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (quoted) {
      if (char === 92) at++;
      else if (char === 34) quoted = false;
    } else if (char === 34) quoted = true;
    else if (char === 123 || char === 91) most = Math.max(most, ++now);
    else if (char === 125 || char === 93) now--;
  }
  return most;
}
