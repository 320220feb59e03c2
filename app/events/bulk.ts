// Reads bulk_operations/finish: a file that a backfill waits for is ready, or will not be.
import { must, text } from "./fields.ts";
import type { Fields } from "./json.ts";
import type { Reading } from "./reading.ts";

/** @throws Unreadable */
export function readBulkEnd(body: Fields): Reading {
  return { is: "bulk ended", operation: must(text, body, "admin_graphql_api_id", "a_text") };
}
