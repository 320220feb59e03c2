// Keeps Shopify's sessions in PostgreSQL with their tokens sealed.
import type { PrismaClient } from "@prisma/client";
import { Session } from "@shopify/shopify-api";
import { PrismaSessionStorage } from "@shopify/shopify-app-session-storage-prisma";
import type { Keyring } from "../base/secrets.ts";

type Storage = PrismaSessionStorage<PrismaClient>;
export type SessionStore = Pick<
  Storage,
  "storeSession" | "loadSession" | "deleteSession" | "deleteSessions" | "findSessionsByShop"
>;

/** A token opens only in its own session. */
export const sessionContext = (id: string) => `session:${id}`;

/** Both tokens are sealed with the session's id, so that one shop's token cannot be put in another's place. */
export function openSessions(prisma: PrismaClient, keys: Keyring): SessionStore {
  const withTokens = (session: Session, change: (token: string) => string) => {
    const copy = new Session(session.toObject());
    if (session.accessToken) copy.accessToken = change(session.accessToken);
    if (session.refreshToken) copy.refreshToken = change(session.refreshToken);
    return copy;
  };
  const seal = (session: Session) => withTokens(session, (token) => keys.seal(token, sessionContext(session.id)));
  const open = (session: Session) => withTokens(session, (token) => keys.open(token, sessionContext(session.id)));

  const use = onceReady(prisma);
  return {
    storeSession: (session) => use((storage) => storage.storeSession(seal(session))),
    loadSession: (id) => use((storage) => storage.loadSession(id).then((found) => found && open(found))),
    deleteSession: (id) => use((storage) => storage.deleteSession(id)),
    deleteSessions: (ids) => use((storage) => storage.deleteSessions(ids)),
    findSessionsByShop: (shop) => use(async (storage) => (await storage.findSessionsByShop(shop)).map(open)),
  };
}

/**
 * The library's storage asks for its table when it is made, and when that fails (the database is away) it rejects unheard and stays broken.
 * So it is made at the first use, and anew after a failure.
 */
function onceReady(prisma: PrismaClient) {
  let made: Storage | null = null;
  return async <T>(work: (storage: Storage) => Promise<T>): Promise<T> => {
    made ??= new PrismaSessionStorage(prisma, { connectionRetries: 1, connectionRetryIntervalMs: 0 });
    try {
      return await work(made);
    } catch (error) {
      made = null;
      throw error;
    }
  };
}
