// Seals anew what an older key of ENCRYPTION_KEY sealed, while the app runs with both keys.

import type { Database } from "../base/database.ts";
import type { Keyring } from "../base/secrets.ts";
import { statement } from "../base/statement.ts";
import { alertContext, slackContext } from "../delivery/alerts/ways.ts";
import { sealContext } from "../delivery/connections/open-connection.ts";
import { fileContext } from "../delivery/people/data-requests.ts";
import { sessionContext } from "../shopify/sessions.ts";

/** Where something sealed lies. `id` is the table's key as text, `owner` what else its context needs. */
interface Named {
  what: string;
  table: string;
  column: string;
  id: string;
  owner: string;
  context: (owner: string, id: string) => string;
}
const NAMED: Named[] = [
  {
    what: "credentials of connections",
    table: "connection",
    column: "secrets",
    id: "id",
    owner: "shop",
    context: sealContext,
  },
  ...["accessToken", "refreshToken"].map((column) => ({
    what: "session tokens",
    table: "session",
    column: `"${column}"`,
    id: "id",
    owner: "shop",
    context: (_shop: string, id: string) => sessionContext(id),
  })),
  {
    what: "addresses for alerts",
    table: "shop",
    column: "alert_url",
    id: "domain",
    owner: "domain",
    context: alertContext,
  },
  {
    what: "addresses at Slack for alerts",
    table: "shop",
    column: "alert_slack",
    id: "domain",
    owner: "domain",
    context: slackContext,
  },
  {
    what: "files about people",
    table: "data_request",
    column: "file",
    id: "id",
    owner: "shop",
    context: fileContext,
  },
];
const PLACES = NAMED.map(({ what, table, column, id, owner, context }) => {
  const of = `${table}-${column.replaceAll('"', "")}`.toLowerCase();
  return {
    what,
    context,
    read: statement<Row, [after: string, most: number]>(`sealed-of-${of}`)`
      SELECT ${id}::text AS id, ${owner} AS owner, ${column} AS sealed
      FROM ${table}
      WHERE ${column} <> '' AND ${id}::text COLLATE "C" > $1
      ORDER BY ${id}::text COLLATE "C"
      LIMIT $2`,
    replace: statement<{ id: string }, [id: string, before: string, anew: string]>(`seal-anew-${of}`)`
      UPDATE ${table}
      SET ${column} = $3
      WHERE ${id}::text = $1 AND ${column} = $2
      RETURNING ${id}::text AS id`,
    look: statement<{ sealed: string | null }, [id: string]>(`sealed-now-of-${of}`)`
      SELECT ${column} AS sealed
      FROM ${table}
      WHERE ${id}::text = $1`,
  };
});

export interface Rotated {
  what: string;
  /** Sealed with the newest key before. */
  current: number;
  sealedAnew: number;
  /** No key of the ring opens them, or somebody changed them: the places by their ids. */
  unopened: string[];
}

const AT_ONCE = 100;

export async function rotate(db: Database, keys: Keyring): Promise<Rotated[]> {
  const figures = new Map<string, Rotated>();
  for (const place of PLACES) {
    const figure = figures.get(place.what) ?? { what: place.what, current: 0, sealedAnew: 0, unopened: [] };
    figures.set(place.what, figure);
    for await (const row of rowsOf(db, place)) await rotateOne(db, keys, place, row, figure);
  }
  return [...figures.values()];
}

interface Row {
  id: string;
  owner: string;
  sealed: string;
}
type Place = (typeof PLACES)[number];

async function* rowsOf(db: Database, { read }: Place): AsyncGenerator<Row> {
  for (let after = ""; ; ) {
    const rows: Row[] = await db.query(read, [after, AT_ONCE]);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < AT_ONCE) return;
    after = last.id;
  }
}

/** All that is stored sealed, each with what it belongs to. */
export async function* storedSecrets(db: Database): AsyncGenerator<{ sealed: string; context: string }> {
  for (const place of PLACES)
    for await (const { id, owner, sealed } of rowsOf(db, place)) yield { sealed, context: place.context(owner, id) };
}

/** What was saved meanwhile stays as it was saved, and is looked at again. */
async function rotateOne(db: Database, keys: Keyring, place: Place, row: Row, figure: Rotated) {
  for (let sealed: string | null = row.sealed; sealed; ) {
    if (keys.isCurrent(sealed, place.context(row.owner, row.id))) {
      figure.current += 1;
      return;
    }
    const anew = sealAnew(keys, sealed, place.context(row.owner, row.id));
    if (!anew) {
      figure.unopened.push(row.id);
      return;
    }
    const [done] = await db.query(place.replace, [row.id, sealed, anew]);
    if (done) {
      figure.sealedAnew += 1;
      return;
    }
    const [now]: { sealed: string | null }[] = await db.query(place.look, [row.id]);
    sealed = now?.sealed ?? null;
  }
}

/** null: it cannot be opened; the caller names it, and the rest goes on. */
function sealAnew(keys: Keyring, sealed: string, context: string): string | null {
  try {
    return keys.seal(keys.open(sealed, context), context);
  } catch {
    return null;
  }
}
