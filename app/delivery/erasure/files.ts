// Erases the files that were gathered about a person for customers/data_request.
import { statement } from "../../base/statement.ts";
import type { Erasing } from "./erasing.ts";
import { keysOf } from "./person.ts";

/** While a file is gathered no erasure ends, and while an erasure takes files away none is written: nothing that was erased is left in one. */
export const LOCK_FILES = statement<{ locked: string }, [shop: string]>("lock-files-of-shop")`
  SELECT pg_advisory_xact_lock(hashtextextended($1, 2))::text AS locked`;
const ERASE = statement<never, [shop: string, persons: string[], now: Date]>("erase-files-of-person")`
  UPDATE data_request
  SET file = NULL, persons = NULL, erased_at = $3
  WHERE shop = $1 AND file IS NOT NULL AND persons && $2::bigint[]`;

/** The last of all: what is gathered after it finds nothing of the person. */
export const eraseFiles = ({ road, shop, person }: Erasing): Promise<void> =>
  road.db.transaction(async (sql) => {
    await sql.query(LOCK_FILES, [shop]);
    await sql.query(ERASE, [shop, keysOf(person), road.clock()]);
  });
