// The walks that remove what is too old, and those for the shops that keep it for a shorter time.
import { statement } from "../../base/statement.ts";
import { PIXEL_POST } from "../../events/read.ts";
import { inWords, REQUEST_WALK, shorter, walkOf } from "./keep.ts";
import { DROP_OLD_STATES } from "./old-states.ts";
import { tableScan } from "./table-scan.ts";

const NO_BODY = `emptied AS (UPDATE webhook w SET body = NULL FROM ready WHERE w.id = ready.id AND w.body IS NOT NULL)`;

// What is not read after a day is left to the scan of all bodies.
export const DAY_BODIES = tableScan({
  name: "bodies of a day",
  table: "webhook",
  about: `r.state = 'ignored' OR (r.topic = '${PIXEL_POST}' AND r.state = 'normalized')`,
  ready: "true",
  act: NO_BODY,
});
const bodies = (name: string, about: string) =>
  tableScan({ name, table: "webhook", about, ready: "r.state NOT IN ('received', 'waiting')", act: NO_BODY });
export const BODIES = bodies("bodies", "true");

// As long as the bodies of webhooks: they say the same of the same people.
const requests = (name: string, about: string) =>
  tableScan({
    name,
    table: "sent_request",
    about,
    ready: "true",
    act: "gone AS (DELETE FROM sent_request s USING ready WHERE s.id = ready.id)",
  });
export const REQUESTS = requests(REQUEST_WALK, "true");

// Told again, each of the others finds its events' keys. A cart that changed nothing left no key, and an uninstall none at all.
export const WEBHOOKS = tableScan({
  name: "webhooks",
  table: "webhook",
  about: "r.topic NOT LIKE 'carts/%' AND r.topic <> 'app/uninstalled'",
  ready:
    "r.body IS NULL AND (r.state IN ('normalized', 'ignored') OR (r.state = 'unreadable' AND r.dismissed_at IS NOT NULL))",
  act: "gone AS (DELETE FROM webhook w USING ready WHERE w.id = ready.id)",
});

const eventData = (name: string, about: string) =>
  tableScan({
    name,
    table: "event",
    about,
    ready: "NOT EXISTS (SELECT 1 FROM delivery d WHERE d.event_id = r.id AND d.state = 'due')",
    act: "emptied AS (UPDATE event e SET data = NULL, persons = NULL FROM ready WHERE e.id = ready.id)",
  });
export const EVENT_DATA = eventData("event data", "r.data IS NOT NULL");

export const STATES = tableScan({
  name: "states",
  table: "event",
  about: "r.version IS NOT NULL",
  ready: "true",
  act: DROP_OLD_STATES,
});

/** SQL: the shops that chose so many days. */
const shops = (column: "keep_bodies" | "keep_data" | "keep_attempts", days: number) =>
  `(SELECT domain FROM shop WHERE ${column} = ${days})`;

export const SHORTER_SCANS = [
  ...shorter("bodies").map((days) => ({
    ...{ what: "bodies" as const, days },
    walk: bodies(walkOf("bodies", days), `r.shop IN ${shops("keep_bodies", days)}`),
  })),
  ...shorter("bodies").map((days) => ({
    ...{ what: "bodies" as const, days },
    walk: requests(walkOf("bodies", days, REQUEST_WALK), `r.shop IN ${shops("keep_bodies", days)}`),
  })),
  ...shorter("data").map((days) => ({
    ...{ what: "data" as const, days },
    walk: eventData(walkOf("data", days), `r.data IS NOT NULL AND r.shop IN ${shops("keep_data", days)}`),
  })),
];

/** SQL: drops the attempts that `which` finds, each with its request. */
const dropAttempts = (which: string) => `
  WITH dropped AS (
    DELETE FROM attempt
    WHERE id IN (${which})
    RETURNING id),
  gone AS (DELETE FROM sent_request r USING dropped WHERE r.id = dropped.id)
  SELECT id
  FROM dropped`;

/** At most $2 that began before $1. */
export const DROP_ATTEMPTS = statement<{ id: string }, [before: Date, most: number]>("forget-old-attempts")`
  ${dropAttempts("SELECT id FROM attempt WHERE started_at < $1 ORDER BY started_at LIMIT $2")}`;

/** By the index of a connection's attempts. */
export const SHORTER_ATTEMPTS = shorter("attempts").map((days) => ({
  days,
  rows: statement<{ id: string }, [before: Date, most: number]>(`drop-attempts-of-${inWords(days)}-days`)`
    ${dropAttempts(`
      SELECT a.id
      FROM connection c
      JOIN attempt a ON a.connection_id = c.id AND a.started_at < $1
      WHERE c.shop IN ${shops("keep_attempts", days)}
      LIMIT $2`)}`,
}));
