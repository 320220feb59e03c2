// ShopiMind's external events: types are declared, then fired one at a time; what a scenario does with them is set up there.
import { fitting } from "../answer.ts";
import type { Http } from "../destination.ts";
import type { Exact } from "./entities.ts";
import { done, type Listed, listed, type Page, queryOf, read } from "./envelopes.ts";

export interface EventField {
  name: string;
  type: "bool" | "text" | "longtext" | "number" | "decimal" | "date" | "json";
  required: boolean;
  description?: string;
}
/** The reference names the slots and what a field has; that they are lists under these names is a guess. */
export interface EventProperties {
  metaData?: EventField[];
  customData?: EventField[];
}
export interface EventType {
  /** By language, as the vendor's integration kit has it; its SDK has a text. That the map is taken is not proved. */
  name: string | Record<string, string>;
  code_name: string;
  properties?: EventProperties;
}
/** At least one of the two targets. */
export interface Trigger {
  contact?: { id?: number; email?: string; phone?: string; customData?: Record<string, unknown> };
  visitor?: { id: number; customData?: Record<string, unknown> };
  metaData?: Record<string, Exact>;
  customData?: Record<string, Exact>;
}

/** @throws SaidNo (409: it is there already) · NotAsDocumented */
export async function declareEvent(http: Http, type: EventType): Promise<void> {
  done(await http({ method: "POST", path: "/v1/events", json: type }));
}

export async function changeEvent(http: Http, change: { id_event: number } & Partial<EventType>): Promise<void> {
  done(await http({ method: "PATCH", path: "/v1/events", json: change }));
}

export async function listEvents(http: Http, page: Page = {}): Promise<Listed> {
  return fitting(listed, await http({ method: "GET", path: "/v1/events", query: queryOf(page) }));
}

/** What was fired. */
export async function listFired(http: Http, page: Page = {}): Promise<Listed> {
  return fitting(listed, await http({ method: "GET", path: "/v1/events/histories", query: queryOf(page) }));
}

export async function readEvent(http: Http, id: number) {
  return fitting(read, await http({ method: "GET", path: `/v1/events/${id}` })).data;
}

export async function removeEvent(http: Http, id: number): Promise<void> {
  done(await http({ method: "DELETE", path: `/v1/events/${id}` }));
}

/** Fires one. Nothing removes a duplicate: a second call is a second e-mail. @throws SaidNo · NotAsDocumented */
export async function fire(http: Http, codeName: string, trigger: Trigger): Promise<void> {
  const path = `/v1/events/trigger/${encodeURIComponent(codeName)}`;
  done(await http({ method: "POST", path, json: trigger }));
}
