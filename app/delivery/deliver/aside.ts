// Sets deliveries aside while the vendor is asked whether it has them, and puts them back, at once or after a pause.
import { mapTexts, type Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { keptJson } from "../../base/text.ts";
import { redactorOf } from "../connections/redact.ts";
import { because, sqlSetReason } from "../reasons.ts";
import { backOff } from "./back-off.ts";
import { holdLease } from "./lane.ts";
import type { Run } from "./run.ts";
import type { Piece } from "./work.ts";

/** Longer than a run; who died with the question is not waited for longer. */
const ASIDE_MS = 30_000;
const LONGEST_PAUSE = 15 * 60_000;

const idsOf = (pieces: Piece[]) => [...new Set(pieces.map(({ delivery }) => delivery.id))];

const SET_ASIDE = statement<never, [ids: string[], until: Date]>("set-aside")`
  UPDATE delivery
  SET due_at = $2, asked = least(asked + 1, 9999)
  WHERE id = ANY ($1) AND state = 'due'`;

/** Written down before the question leaves, under the lease. @throws LeaseLost */
export async function setAside({ road, lease }: Run, pieces: Piece[]): Promise<void> {
  await road.db.transaction(async (sql) => {
    await holdLease(sql, lease);
    await sql.query(SET_ASIDE, [idsOf(pieces), new Date(road.clock().getTime() + ASIDE_MS)]);
  });
}

const PUT_BACK = statement<never, [ids: string[], now: Date]>("put-back")`
  UPDATE delivery
  SET due_at = $2, asked = greatest(asked - 1, 0)
  WHERE id = ANY ($1) AND state = 'due'`;

/** As if it had not been set aside. @throws LeaseLost */
export async function putBack({ road, lease }: Run, pieces: Piece[]): Promise<void> {
  if (pieces.length === 0) return;
  await road.db.transaction(async (sql) => {
    await holdLease(sql, lease);
    await sql.query(PUT_BACK, [idsOf(pieces), road.clock()]);
  });
}

const LATER = statement<never, [times: string, reason: string]>("look-up-later")`
  UPDATE delivery d
  SET due_at = least(s."dueAt", d.deadline_at), ${sqlSetReason("$2::jsonb")}
  FROM jsonb_to_recordset($1::jsonb) AS s (id bigint, "dueAt" timestamptz)
  WHERE d.id = s.id AND d.state = 'due'`;

/** Its own pause, as long as the vendor wishes at least, and not beyond its deadline. @throws LeaseLost */
export async function lookUpLater(
  { road, lease, connection }: Run,
  pieces: Piece[],
  least: number,
  said: Reason,
): Promise<void> {
  const now = road.clock().getTime();
  const redact = redactorOf(
    connection,
    pieces.map(({ message }) => message.body),
  );
  const reason = because("asked_in_vain", { words: mapTexts(said, redact) });
  const rows = pieces.map(({ delivery }) => {
    const pause = backOff(delivery.lookUps + 1, { after: Math.max(1_000, least), longest: LONGEST_PAUSE });
    return { id: delivery.id, dueAt: new Date(now + pause) };
  });
  await road.db.transaction(async (sql) => {
    await holdLease(sql, lease);
    await sql.query(LATER, [JSON.stringify(rows), keptJson(reason)]);
  });
}
