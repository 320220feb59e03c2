// Newest wins: of a state what is older is superseded, whether it waits, ended without arriving, or comes late.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import { sqlSetCode } from "../reasons.ts";
import { LOST, type StateAfter, sqlList } from "../states.ts";

interface StateRow {
  connectionId: string;
  subject: string;
  /** null: no state. */
  version: string | null;
  state: StateAfter<"booking">;
}

const MARKS = 'jsonb_to_recordset($1::jsonb) AS m ("connectionId" uuid, subject text, version text)';
const OLDER = (open: string) => `EXISTS (
      SELECT 1
      FROM delivery d
      WHERE d.connection_id = h.connection_id AND d.subject = h.subject AND ${open} AND d.version < h.version)`;
const IS_LOST = `state IN ${sqlList(LOST)}`;
const RAISE = statement<{ connectionId: string; subject: string; due: boolean; lost: boolean }, [marks: string]>(
  "raise-high-water",
)`
  INSERT INTO high_water AS h (connection_id, subject, version)
  SELECT "connectionId", subject, version
  FROM ${MARKS}
  ON CONFLICT (connection_id, subject) DO UPDATE
    SET version = excluded.version
    WHERE h.version < excluded.version
  RETURNING connection_id AS "connectionId", subject, ${OLDER("state = 'due'")} AS due, ${OLDER(IS_LOST)} AS lost`;
// The numbers of those keep the plan, as those of what was known do in new-events.ts; the CASE looks once more at what was locked since.
const SUPERSEDE = (open: string) => `
  UPDATE delivery d
  SET state = 'superseded', ${sqlSetCode("newer_sent")}, settled_at = $2
  FROM ${MARKS}
  WHERE d.id = ANY (ARRAY(
      SELECT older.id
      FROM ${MARKS}
      CROSS JOIN LATERAL (
        SELECT id
        FROM delivery
        WHERE connection_id = m."connectionId" AND subject = m.subject AND ${open} AND version < m.version
        OFFSET 0
      ) AS older))
    AND d.connection_id = m."connectionId" AND d.subject = m.subject
    AND CASE WHEN ${open} THEN d.version < m.version END`;
// What ended without arriving has an index of its own.
const SUPERSEDE_DUE = statement<never, [marks: string, now: Date]>(
  "supersede-what-is-due",
)`${SUPERSEDE("state = 'due'")}`;
const SUPERSEDE_LOST = statement<never, [marks: string, now: Date]>("supersede-what-is-lost")`${SUPERSEDE(IS_LOST)}`;

/** States of which something older waits, and those of which something older ended without arriving. */
export interface Outdone {
  due: StateRow[];
  lost: StateRow[];
}

/** Keeps the newest version of each subject; what is known to be older already is superseded from birth: its row says so afterwards. */
export async function raise(sql: Sql, rows: StateRow[]): Promise<Outdone> {
  const newest = new Map<string, StateRow>();
  const nameOf = (row: Pick<StateRow, "connectionId" | "subject">) => `${row.connectionId} ${row.subject}`;
  for (const row of rows) {
    if (row.version === null || row.state !== "due") continue;
    const before = newest.get(nameOf(row));
    if (before?.version && before.version >= row.version) row.state = "superseded";
    else if (before) before.state = "superseded";
    if (row.state === "due") newest.set(nameOf(row), row);
  }
  if (newest.size === 0) return { due: [], lost: [] };
  const answers = await sql.query(RAISE, [marksOf([...newest.values()])]);
  const raised = new Map(answers.map((one) => [nameOf(one), one]));
  for (const [name, row] of newest) if (!raised.has(name)) row.state = "superseded";
  const outdone = (where: "due" | "lost") =>
    [...newest].flatMap(([name, row]) => (raised.get(name)?.[where] ? row : []));
  return { due: outdone("due"), lost: outdone("lost") };
}

/** Of a state only the newest is sent: older ones that wait, or ended without arriving, are superseded. */
export async function supersede(sql: Sql, { due, lost }: Outdone, now: Date): Promise<void> {
  await Promise.all([
    due.length > 0 && sql.query(SUPERSEDE_DUE, [marksOf(due), now]),
    lost.length > 0 && sql.query(SUPERSEDE_LOST, [marksOf(lost), now]),
  ]);
}

const marksOf = (rows: StateRow[]) =>
  JSON.stringify(rows.map(({ connectionId, subject, version }) => ({ connectionId, subject, version })));
