// What Prisjakt keeps, how it says no, and how it reads a body.
import { randomUUID } from "node:crypto";
import { type Call, Refusal, type Reply, readJson } from "./vendor.ts";

export interface Sent {
  event_name: "purchase";
  event_time?: string;
  external_event_id?: string;
  signed_click_id: string;
  data: { amount: number; currency: string; number_of_items?: number };
}
export interface Stored extends Sent {
  id: string;
  pixel: string;
  at: number;
}
interface Client {
  id: string;
  secret: string;
  roles: string[];
}
export interface Books {
  clients: Client[];
  pixels: { id: string; enabled: boolean }[];
  events: Stored[];
}
/** Who may come in; the secret is asked for everywhere but where one event is created. */
export type Enter = (call: Call, roles: string[], secret?: boolean) => Client;

export const PIXEL = "11111111-1111-4111-8111-111111111111";

/** In the form of RFC 7807, as the documents show it. */
export function problem(status: number, title: string, detail: string, more: object = {}): Reply {
  return { status, json: { title, status, detail, context: { request_id: randomUUID() }, ...more } };
}

export function missing(what: string): never {
  throw new Refusal(problem(404, "Not Found", `There is no such ${what}`));
}

/** The body, when it fits; else a 400 that names the field, and a breach. */
export function bodyOf<Body>(call: Call, fits: (value: unknown, at: string) => string | null, at: string): Body {
  const body = parse(call);
  const wrong = fits(body, at);
  if (!wrong) return body as Body;
  const field = wrong.split(" ")[0] ?? "";
  throw new Refusal(
    problem(400, "Bad Request", wrong, { field_errors: { [field]: { message: wrong, value: null } } }),
    wrong,
  );
}

function parse(call: Call): unknown {
  try {
    return readJson(call.body);
  } catch (cause) {
    throw new Refusal(problem(400, "Bad Request", "The body is no JSON"), `the body is no JSON: ${String(cause)}`);
  }
}
