// Fields that many of ShopiMind's resources share.
import { either, integer, text, time } from "./check.ts";

export const dates = { created_at: time, updated_at: time };
/** The documents show these ids as text and as numbers. */
export const id = either(text, integer);
export const source = { shop_id: text, id_data_source: id, source_label: text };
