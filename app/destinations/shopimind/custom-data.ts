// ShopiMind's custom data: definitions of own kinds of records, and the records.
import { fitting } from "../answer.ts";
import type { Http } from "../destination.ts";
import { done, type Listed, listed, type Page, queryOf, read, type Written, writtenOf } from "./envelopes.ts";

export interface CustomField {
  name: string;
  label: string;
  type: "bool" | "text" | "longtext" | "number" | "decimal" | "list" | "date" | "datetime" | "json" | "geolocation";
  required: boolean;
  description?: string;
  default?: unknown;
  options?: (string | number)[];
}
export interface Definition {
  name: string;
  description?: string;
  unique_keys?: string[];
  fields: CustomField[];
  relationships?: {
    sourceField: string;
    targetSchemaType: "system" | "custom";
    targetSchema: string;
    targetField?: string;
  }[];
}
/** A field that points at a contact may say how it is found: `{ by: "email", value }`. */
export type CustomRecord = Record<string, unknown>;

/** The SDK's limit; the guide says 50. */
export const MOST_RECORDS = 20;
const DEFINITIONS = "/v1/custom-data-definitions";
const RECORDS = "/v1/custom-data-records";

export async function listDefinitions(http: Http, page: Page = {}): Promise<Listed> {
  return fitting(listed, await http({ method: "GET", path: DEFINITIONS, query: queryOf(page) }));
}
export async function readDefinition(http: Http, id: number) {
  return fitting(read, await http({ method: "GET", path: `${DEFINITIONS}/${id}` })).data;
}
export async function makeDefinition(http: Http, definition: Definition): Promise<void> {
  done(await http({ method: "POST", path: DEFINITIONS, json: definition }));
}
/** Adds fields; none is ever taken away. */
export async function extendDefinition(http: Http, id: number, more: Partial<Definition>): Promise<void> {
  done(await http({ method: "PATCH", path: `${DEFINITIONS}/${id}/extend`, json: more }));
}
export async function switchDefinition(http: Http, id: number, to: "activate" | "deactivate"): Promise<void> {
  done(await http({ method: "PATCH", path: `${DEFINITIONS}/${id}/${to}` }));
}
export async function removeDefinition(http: Http, id: number): Promise<void> {
  done(await http({ method: "DELETE", path: `${DEFINITIONS}/${id}` }));
}

/** Of which field of ShopiMind's own a custom one takes the place. */
export interface Overridden {
  target_system_schema: "products";
  system_field_name: "price" | "price_discount";
}
export interface Override {
  id_custom_data_definition: number;
  custom_field_name: string;
  priority: number;
}

export async function listOverrides(http: Http, of: Partial<Overridden> & Page = {}): Promise<Listed> {
  return fitting(listed, await http({ method: "GET", path: `${DEFINITIONS}/overrides`, query: queryOf(of) }));
}
/** All that take the field's place, in the place of those that did. */
export async function saveOverrides(http: Http, of: Overridden, overrides: Override[]): Promise<void> {
  const query = queryOf(of);
  done(await http({ method: "PUT", path: `${DEFINITIONS}/overrides`, query, json: { overrides } }));
}

/** Creates, or replaces by the definition's unique keys. */
export async function saveRecords(http: Http, definition: number, records: CustomRecord[]): Promise<Written> {
  if (records.length > MOST_RECORDS) throw new RangeError(`${records.length} records; ShopiMind takes ${MOST_RECORDS}`);
  return writtenOf(await http({ method: "POST", path: `${RECORDS}/${definition}`, json: records }));
}
export async function listRecords(http: Http, definition: number, page: Page = {}): Promise<Listed> {
  return fitting(listed, await http({ method: "GET", path: `${RECORDS}/${definition}`, query: queryOf(page) }));
}
export async function changeRecord(http: Http, definition: number, id: number, change: CustomRecord): Promise<void> {
  done(await http({ method: "PATCH", path: `${RECORDS}/${definition}/${id}`, json: change }));
}
export async function removeRecord(http: Http, definition: number, id: number): Promise<void> {
  done(await http({ method: "DELETE", path: `${RECORDS}/${definition}`, query: { id: String(id) } }));
}
/** The body is a bare array of ids, unlike the bulk deletes of the e-commerce resources. */
export async function removeRecords(http: Http, definition: number, ids: number[]): Promise<Written> {
  if (ids.length > MOST_RECORDS) throw new RangeError(`${ids.length} ids; ShopiMind takes ${MOST_RECORDS}`);
  return writtenOf(await http({ method: "POST", path: `${RECORDS}/${definition}/bulk-delete`, json: ids }));
}
