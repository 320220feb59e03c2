// The setup guide: what a shop has done already, as it is seen here, and whether the guide was put away.
import { statement } from "../base/statement.ts";
import type { Road } from "../delivery/road.ts";

/** Is the theme app embed on, as a page saw it last; null: none has looked. */
export interface Embed {
  on: boolean | null;
  seenAt: Date | null;
}
export interface Guide {
  hidden: boolean;
  embed: Embed;
}

interface Row {
  hiddenAt: Date | null;
  on: boolean | null;
  seenAt: Date | null;
}
const GUIDE = statement<Row, [shop: string]>("setup-guide-of-shop")`
  SELECT guide_hidden_at AS "hiddenAt", embed_on AS "on", embed_seen_at AS "seenAt"
  FROM shop
  WHERE domain = $1`;

export async function guideOf(road: Road, shop: string): Promise<Guide> {
  const [row] = await road.db.query(GUIDE, [shop]);
  return { hidden: Boolean(row?.hiddenAt), embed: { on: row?.on ?? null, seenAt: row?.seenAt ?? null } };
}

const HIDE = statement<never, [shop: string, at: Date | null]>("hide-setup-guide")`
  UPDATE shop
  SET guide_hidden_at = $2
  WHERE domain = $1`;

export const hideGuide = (road: Road, shop: string, hidden: boolean) =>
  road.db.query(HIDE, [shop, hidden ? road.clock() : null]);

const SEEN = statement<never, [shop: string, on: boolean, now: Date]>("note-theme-embed-seen")`
  UPDATE shop
  SET embed_on = $2, embed_seen_at = $3, embed_was_on = embed_was_on OR $2
  WHERE domain = $1`;

/** What App Bridge told a page: only there it can be asked. */
export const noteEmbed = (road: Road, shop: string, on: boolean) => road.db.query(SEEN, [shop, on, road.clock()]);
