// Erases a person in the requests that were sent: their messages go, those of others in the same request stay.
import { statement } from "../../base/statement.ts";
import { holdLanesOf } from "../connections/lanes.ts";
import { withoutMessages } from "../proof/messages.ts";
import { pack, readSent, unpack, writeSent } from "../proof/sent.ts";
import type { Erasing } from "./erasing.ts";
import { sqlTheirs } from "./events.ts";

const AT_ONCE = 100;

const THEIRS = statement<
  { id: string; theirs: string[] },
  [shop: string, subjects: string[], heardUpTo: string, customers: string[]]
>("requests-of-person")`
  SELECT a.id, array_agg(own.id) AS theirs
  FROM (
    SELECT d.id
    FROM event
    JOIN delivery d ON d.event_id = event.id
    WHERE ${sqlTheirs(1, 2, 4, "event.")} AND (webhook_id IS NULL OR webhook_id <= $3)
  ) AS own
  JOIN attempt a ON a.deliveries @> ARRAY[own.id]
  JOIN sent_request r ON r.id = a.id
  GROUP BY a.id
  ORDER BY a.id`;
const HOLD = statement<{ id: string; deliveries: string[]; text: Buffer }, [ids: string[]]>("hold-requests-to-erase")`
  SELECT id, deliveries, text
  FROM sent_request
  WHERE id = ANY ($1::bigint[])
  ORDER BY id
  FOR NO KEY UPDATE`;
const CUT = statement<never, [id: string, text: Buffer]>("cut-request")`
  UPDATE sent_request
  SET text = $2
  WHERE id = $1`;

export async function eraseRequests({ road, shop, subjects, person, heardUpTo }: Erasing): Promise<void> {
  // What is being settled just now is there afterwards; what leaves later keeps nothing while this erasure lasts.
  await road.db.transaction((sql) => holdLanesOf(sql, shop));
  const all = await road.db.query(THEIRS, [shop, subjects, heardUpTo, person.customers]);
  for (let from = 0; from < all.length; from += AT_ONCE) {
    const some = new Map(all.slice(from, from + AT_ONCE).map(({ id, theirs }) => [id, new Set(theirs)]));
    await road.db.transaction(async (sql) => {
      const held = await sql.query(HOLD, [[...some.keys()]]);
      for (const { id, deliveries, text } of held) {
        const sent = readSent(unpack(text));
        const isTheirs = (message: number) => some.get(id)?.has(deliveries[message] ?? "") ?? false;
        const body = withoutMessages(sent.body, deliveries.length, isTheirs);
        if (body !== sent.body) await sql.query(CUT, [id, pack(writeSent({ ...sent, body }))]);
      }
    });
  }
}
