// ShopiMind's data sources: a mark of where an entity came from; no part of the key by which an upsert finds it.
import { z } from "zod";
import { fitting } from "../answer.ts";
import type { Http } from "../destination.ts";
import { done } from "./envelopes.ts";

const source = z.looseObject({ id_data_source: z.union([z.int(), z.string()]), label: z.string().nullish() });
const sources = z.object({ data: z.array(source) });
export type DataSource = z.output<typeof source>;

export interface NewDataSource {
  label: string;
  type?: string;
  config?: string;
  parent_id?: number;
  is_default?: boolean;
}

export async function listSources(http: Http): Promise<DataSource[]> {
  return fitting(sources, await http({ method: "GET", path: "/v1/data-sources" })).data;
}

export async function makeSource(http: Http, made: NewDataSource): Promise<void> {
  done(await http({ method: "POST", path: "/v1/data-sources", json: made }));
}

export async function changeSource(http: Http, id: number, change: Partial<NewDataSource>): Promise<void> {
  done(await http({ method: "PUT", path: `/v1/data-sources/${id}`, json: change }));
}

export async function removeSource(http: Http, id: number): Promise<void> {
  done(await http({ method: "DELETE", path: `/v1/data-sources/${id}` }));
}
