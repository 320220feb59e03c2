// Keeps requests as they left: one row each, written in the statement that settles their deliveries.

export interface SentRequest {
  startedAt: Date;
  /** As ../proof/sent.ts makes it. */
  text: Buffer;
  /** For each message, the delivery that it is of. */
  deliveries: string[];
}

/**
 * SQL: inserts them, in the shop of `held`; by parameters that sentOf makes. Whom they speak of may be erased while they
 * are under way, and what they are made of was read a moment before: none is kept that left about the time of an erasure.
 */
export const sqlKeep = (first: number) => `
    INSERT INTO sent_request (id, shop, kept_at, deliveries, text)
    SELECT r.id, held.shop, r."startedAt", r.deliveries, substring($${first + 1}::bytea FROM r.start FOR r.length)
    FROM held
    CROSS JOIN jsonb_to_recordset($${first}::jsonb) AS r (
      id bigint, "startedAt" timestamptz, deliveries bigint[], start int, length int)
    WHERE NOT EXISTS (
      SELECT 1
      FROM erasure
      WHERE shop = held.shop AND (done_at IS NULL OR done_at > r."startedAt" - interval '30 seconds'))
    ON CONFLICT (id) DO NOTHING`;

/** An array of texts would travel as text, twice its size: they go as one piece of binary that is cut apart there. */
export function sentOf(attempts: { id: string; sent: SentRequest | null }[]): [requests: string, texts: Buffer] {
  const all = attempts.flatMap(({ id, sent }) => (sent ? [{ id, ...sent }] : []));
  let end = 1; // SQL counts from one
  const requests = all.map(({ text, ...request }) => {
    end += text.length;
    return { ...request, start: end - text.length, length: text.length };
  });
  return [JSON.stringify(requests), Buffer.concat(all.map(({ text }) => text))];
}
