// ShopiMind's lists and segments of contacts; what a segment holds is set up there.
import { fitting } from "../answer.ts";
import type { Http } from "../destination.ts";
import { done, type Listed, listed, type Page, queryOf, read } from "./envelopes.ts";

export interface NewList {
  name: string;
  type: "list" | "segment";
}
export interface ListChange {
  name?: string;
  /** A segment's rules, as text; their form is not published. */
  segmentation_config?: string;
  keep_updated?: boolean;
}
const LISTS = "/v1/lists";

export async function listLists(http: Http, page: Page = {}): Promise<Listed> {
  return fitting(listed, await http({ method: "GET", path: LISTS, query: queryOf(page) }));
}
export async function readList(http: Http, id: number) {
  return fitting(read, await http({ method: "GET", path: `${LISTS}/${id}` })).data;
}
export async function contactsIn(http: Http, id: number, page: Page = {}): Promise<Listed> {
  return fitting(listed, await http({ method: "GET", path: `${LISTS}/${id}/contacts`, query: queryOf(page) }));
}
export async function makeList(http: Http, made: NewList): Promise<void> {
  done(await http({ method: "POST", path: LISTS, json: made }));
}
export async function changeList(http: Http, id: number, change: ListChange): Promise<void> {
  done(await http({ method: "PATCH", path: `${LISTS}/${id}`, json: change }));
}
export async function removeList(http: Http, id: number): Promise<void> {
  done(await http({ method: "DELETE", path: `${LISTS}/${id}` }));
}
