// The messages within the body of a request: which part of it is whose, and a body without some of them.
import { stringify } from "lossless-json";
import { isFields, type Json, jsonIn } from "../../events/json.ts";

interface Listed {
  list: Json[];
  /** The body with another list in its place. */
  around: (list: Json[]) => Json;
}

/** The list of the messages: the body itself, or one of its fields. @returns null where the body is one message. */
function listIn(body: Json, messages: number): Listed | null {
  if (Array.isArray(body)) return body.length === messages ? { list: body, around: (list) => list } : null;
  if (messages < 2 || !isFields(body)) return null;
  for (const [name, list] of Object.entries(body))
    if (Array.isArray(list) && list.length === messages)
      return { list, around: (other) => ({ ...body, [name]: other }) };
  return null;
}

/** In the place of a message that was erased. */
export const ERASED: Json = null;

/** @param whose the numbers of the messages that go. @returns the body; "" where nothing of it stays. */
export function withoutMessages(body: string, messages: number, whose: (message: number) => boolean): string {
  if (body === "") return "";
  const json = jsonIn(body);
  const found = json === undefined ? null : listIn(json, messages);
  // What cannot be taken apart goes as a whole.
  if (!found || found.list.every((_, message) => whose(message))) return "";
  return stringify(found.around(found.list.map((one, message) => (whose(message) ? ERASED : one)))) ?? "";
}

export interface Laid {
  /** Before the first message, and behind the last. */
  before: string;
  messages: string[];
  after: string;
}

const HOLE = "\u0001";

/**
 * The body laid out for people, each message by itself.
 * @param change what is shown in the place of a message or of what is around them.
 */
export function laidOut(body: string, messages: number, change: (json: Json, message: number | null) => Json): Laid {
  const json = jsonIn(body);
  if (json === undefined) return { before: "", messages: [body], after: "" };
  const found = listIn(json, messages);
  if (!found) return { before: "", messages: [lines(change(json, 0))], after: "" };
  const [before = "", after = ""] = lines(change(found.around([HOLE]), null)).split(`"\\u0001"`);
  const indent = /[ ]*$/.exec(before)?.[0] ?? "";
  const shown = found.list.map((one, message) => lines(change(one, message)).replaceAll("\n", `\n${indent}`));
  return { before, messages: shown, after };
}

const lines = (json: Json): string => stringify(json, null, 2) ?? "";
