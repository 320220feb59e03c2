// Shopify's library knows a shop by its domain of now; its token lies under the name by which the shop is kept.
import { Session } from "@shopify/shopify-api";
import type { Sql } from "../base/database.ts";
import { keptAs } from "../delivery/identity/names.ts";
import type { SessionStore } from "./sessions.ts";

const OFFLINE = "offline_";

export function keptSessions(db: Sql, store: SessionStore): SessionStore {
  /** Where the session of this id lies. */
  const place = async (id: string) =>
    id.startsWith(OFFLINE) ? `${OFFLINE}${await keptAs(db, id.slice(OFFLINE.length))}` : id;
  return {
    ...store,
    storeSession: async (session) =>
      store.storeSession(as(session, await place(session.id), await keptAs(db, session.shop))),
    async loadSession(id) {
      const at = await place(id);
      const found = await store.loadSession(at);
      return found && at !== id ? as(found, id, id.slice(OFFLINE.length)) : found;
    },
    deleteSession: async (id) => store.deleteSession(await place(id)),
    deleteSessions: async (ids) => store.deleteSessions(await Promise.all(ids.map(place))),
    findSessionsByShop: async (shop) => store.findSessionsByShop(await keptAs(db, shop)),
  };
}

/** The same session by another name. */
export const as = (session: Session, id: string, shop: string): Session =>
  session.id === id && session.shop === shop ? session : new Session({ ...session.toObject(), id, shop });
