// What PostgreSQL says of a database's own tables, one line for each thing: two databases with the same lines are built the same.
import type { Database } from "../../app/base/database.ts";

const LINES = `
WITH own AS (
  SELECT oid, relname FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') AND relname <> '_prisma_migrations')
SELECT format('column %s.%s %s%s%s', relname, attname, format_type(atttypid, atttypmod),
    CASE WHEN attnotnull THEN ' not null' END,
    CASE WHEN attgenerated <> '' THEN ' generated ' ELSE ' default ' END || pg_get_expr(adbin, adrelid)) AS line
  FROM own JOIN pg_attribute ON attrelid = own.oid AND attnum > 0 AND NOT attisdropped
  LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
UNION ALL SELECT format('constraint %s.%s %s', relname, conname, pg_get_constraintdef(pg_constraint.oid))
  FROM own JOIN pg_constraint ON conrelid = own.oid WHERE contype <> 'n'
UNION ALL SELECT format('index %s', pg_get_indexdef(indexrelid)) FROM own JOIN pg_index ON indrelid = own.oid
  WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
UNION ALL SELECT format('trigger %s', pg_get_triggerdef(pg_trigger.oid)) FROM own JOIN pg_trigger ON tgrelid = own.oid
  WHERE NOT tgisinternal
UNION ALL SELECT format('function %s', oid::regprocedure) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT format('type %s', typname) FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')
UNION ALL SELECT format('extension %s', extname) FROM pg_extension WHERE extname <> 'plpgsql'`;

/** Sorted, without the order in which columns were added. */
export async function catalogOf(db: Database): Promise<string[]> {
  const rows = await db.query<{ line: string }>(LINES);
  return rows.map(({ line }) => line.replaceAll("public.", "")).sort();
}
