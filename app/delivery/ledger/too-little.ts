// Whether too little of what ended at a connection in the last twenty-four hours was delivered: half of it, or what the shop's limit for alerts wants.

/** Fewer are no share to judge by. */
const ENOUGH = 20;
const LEAST_PERCENT = 50;

/** What ended in the last twenty-four hours, where too little of it was delivered. */
export interface TooLittle {
  delivered: number;
  lost: number;
}

/** SQL: of the connection `c`, as jsonb; null: enough was. @param since a parameter: when the day begins. */
export const sqlTooLittle = (since: string) => `(
    SELECT jsonb_build_object('delivered', sum(delivered), 'lost', sum(lost))
    FROM delivery_hour
    WHERE connection_id = c.id AND hour >= ${since}
    HAVING sum(delivered + lost) >= ${ENOUGH} AND sum(delivered) * 100 < sum(delivered + lost) * (
      SELECT greatest(${LEAST_PERCENT}, 100 - (alert_limits ->> 'failing')::int)
      FROM shop
      WHERE domain = c.shop))`;
