// The examples of a destination: named pairs of what goes in and what comes out; documentation and test in one.
import type { Told } from "../base/reason.ts";
import type { Event } from "../events/event.ts";
import type { Declaration, Finding, LookedUp, Message, Outcome, Range, Report, Request } from "./destination.ts";

/** What the vendor answers: `json` or `text`. */
export interface ExampleAnswer {
  status: number;
  headers?: Record<string, string>;
  json?: unknown;
  text?: string;
}
/** `path` carries the query too; `headers`, where given, are all of them: the data sheet's and the request's own. */
export interface ExampleRequest {
  method: Request["method"];
  path: string;
  headers?: Record<string, string>;
  json?: unknown;
}
interface Named {
  name: string;
  /** Laid over the settings that all examples of the destination share. */
  settings?: Record<string, string>;
}
/** The vendor's answers, in order, and what it was asked for them. */
interface Conversation extends Named {
  answers: ExampleAnswer[];
  requests: ExampleRequest[];
}

/** As a page tells it. */
export type Checked = Told<Finding>[];

export type Example =
  | (Named & { event: Event; sends: Message[] })
  | (Named & { event: Event; skips: string })
  | (Conversation & { channel: string; messages: Message[]; outcomes: Outcome[] })
  | (Named & { channel: string; age: number; inDoubt: "send again" | "look up" | "unknown" })
  | (Conversation & { channel: string; lookUp: Message[]; since: string; found: LookedUp[] })
  | (Named & { event: Event; message: Message; needs: Declaration[] })
  | (Conversation & { declares: Declaration[]; outcome: Outcome | null; refused?: Record<string, string> })
  | (Conversation & { checks: Checked })
  | (Conversation & { range: Range; reports: Told<Report> })
  | (Conversation & { forgets: string[]; outcome: Outcome });

/** Numbers are compared as they are written: `decimal("12.50")` is not 12.5. */
export interface Examples {
  /** The instant at which they are run, ISO 8601. */
  now: string;
  settings: Record<string, string>;
  cases: Example[];
}
