// The log of looks at personal data: who, when, at what. It names a buyer by an id only, and a user of the shop by Shopify's number.
import { statement } from "../../base/statement.ts";
import type { Road } from "../road.ts";

export interface LookLine {
  id: string;
  at: Date;
  /** Shopify's number of the user. */
  who: string;
  what: What;
  /** The number of the request for data, of the delivery, or of the event. */
  of: string;
  /** "customer:1", "order:2"; a pseudonym where there is no id. */
  about: string;
}
type What = "file" | "delivery" | "request" | "webhook";

// A page that refreshes itself is one look in an hour.
const NOTE = statement<
  never,
  [shop: string, now: Date, who: string, what: What, of: string, about: string, since: Date]
>("note-look")`
  INSERT INTO look (shop, at, who, what, of, about)
  SELECT $1, $2, $3, $4, $5, $6
  WHERE NOT EXISTS (
    SELECT 1
    FROM look
    WHERE shop = $1 AND at > $7 AND who = $3 AND what = $4 AND of = $5)`;

/** Before it is shown. @param who the session token's `sub`. */
export async function noteLook(
  road: Road,
  shop: string,
  who: string,
  look: Pick<LookLine, "what" | "of" | "about">,
): Promise<void> {
  const now = road.clock();
  const since = new Date(now.getTime() - 3_600_000);
  await road.db.query(NOTE, [shop, now, who, look.what, look.of, look.about, since]);
}

const NEWEST = statement<LookLine, [shop: string]>("looks-of-shop")`
  SELECT id, at, who, what, of, about
  FROM look
  WHERE shop = $1
  ORDER BY at DESC, id DESC
  LIMIT 100`;

/** The newest first. */
export const looks = (road: Road, shop: string): Promise<LookLine[]> => road.db.query(NEWEST, [shop]);
