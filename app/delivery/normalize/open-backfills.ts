// The states of a backfill: which of them are still to be worked off, as the code and its SQL know them.
import { sqlList } from "../states.ts";

export type BackfillState = "planned" | "running" | "paused" | "done" | "cancelled" | "failed";
/** SQL: "('planned', 'running', 'paused')". */
export const OPEN = sqlList(["planned", "running", "paused"] satisfies BackfillState[]);
