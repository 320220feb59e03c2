// Who may come in: Shopify's library, set up for token exchange with expiring offline tokens.
import "@shopify/shopify-app-remix/adapters/node";
import { setAbstractFetchFunc } from "@shopify/shopify-api/runtime";
import { ApiVersion, AppDistribution, LogSeverity, shopifyApp } from "@shopify/shopify-app-remix/server";
import type { Sql } from "../base/database.ts";
import type { Env } from "../base/env.ts";
import { log } from "../base/log.ts";
import { statement } from "../base/statement.ts";
import { keptAs } from "../delivery/identity/names.ts";
import type { Graphql } from "./asking.ts";
import { shopOfRequest } from "./claims.ts";
import { SANDBOX_KEY, SANDBOX_SECRET } from "./domain.ts";
import { framed } from "./frame.ts";
import { as, keptSessions } from "./kept-sessions.ts";
import type { SessionStore } from "./sessions.ts";
import { openTokenTurns } from "./token-turns.ts";

interface Opening {
  env: Env;
  db: Sql;
  sessions: SessionStore;
  /** Runs at every token exchange (at the install, then about hourly, in any process): it must be able to run twice. */
  onInstall: (domain: string, graphql: Graphql) => Promise<void>;
  /** Hears of every valid session token, by when Shopify issued it (`iat`, seconds). */
  onSeen: (shop: string, issued: number) => Promise<void>;
  /** Answers in Shopify's place: the sandbox. */
  fetch?: typeof fetch;
}

/** Shopify is asked in the middle of a page, and in the upkeep: neither waits for longer, in milliseconds. */
const ASK_TIMEOUT = 8_000;

const limited =
  (answer: typeof fetch): typeof fetch =>
  (url, init) => {
    const limit = AbortSignal.timeout(ASK_TIMEOUT);
    return answer(url, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, limit]) : limit });
  };

/** "[shopify-app/WARNING] what happened | {shop: …}": what stands in braces came with the request, from anybody. */
function say(severity: LogSeverity, text: string): void {
  const [, what = ""] = /^(?:\[[^\]]*\] ?)*(.*?)(?: \| \{.*)?$/s.exec(text) ?? [];
  const to = severity === LogSeverity.Error ? log.error : severity === LogSeverity.Warning ? log.warn : log.debug;
  to.call(log, { from: "shopify" }, what);
}

/** Shopify refused it, though it has not ended: the library asks for a new one where it finds none. */
const FORGET_DEAD = statement<never, [shop: string]>("forget-dead-token")`
  UPDATE session
  SET "accessToken" = ''
  FROM shop
  WHERE session.id = 'offline_' || $1 AND shop.domain = $1 AND shop.token_dead_at IS NOT NULL`;

export type Shopify = ReturnType<typeof openShopify>;

export function openShopify({ env, db, sessions, onInstall, onSeen, fetch: answer = fetch }: Opening) {
  // The library keeps the global fetch of the moment when it was imported, without a limit; this is its one way to be given another.
  setAbstractFetchFunc(limited(answer) as Parameters<typeof setAbstractFetchFunc>[0]);
  // A page has several loaders, each with a token exchange of its own; the library lets only one of them wait for the install.
  const underWay = new Map<string, Promise<void>>();
  function installing(domain: string, graphql: Graphql): Promise<void> {
    const work = onInstall(domain, graphql).finally(() => underWay.get(domain) === work && underWay.delete(domain));
    underWay.set(domain, work);
    return work;
  }
  const app = shopifyApp({
    apiKey: env.SHOPIFY_API_KEY ?? SANDBOX_KEY,
    apiSecretKey: env.SHOPIFY_API_SECRET ?? SANDBOX_SECRET,
    appUrl: env.appUrl,
    scopes: env.SCOPES?.split(","),
    apiVersion: ApiVersion.October26,
    distribution: AppDistribution.AppStore,
    sessionStorage: keptSessions(db, sessions),
    // Below this level the library writes session tokens into the log.
    logger: { level: LogSeverity.Warning, log: say },
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
    hooks: { afterAuth: ({ session, admin }) => installing(session.shop, admin.graphql as Graphql) },
  });
  const inTurn = openTokenTurns(db);
  /** `domain` is the shop's name of now; the session's shop is the one under which it is kept. */
  async function admin(request: Request) {
    const named = shopOfRequest(request);
    const shop = named && (await keptAs(db, named));
    const authenticate = async () => {
      if (shop) await db.query(FORGET_DEAD, [shop]);
      return app.authenticate.admin(request);
    };
    const context = await (shop ? inTurn(shop, authenticate) : authenticate());
    const { session, sessionToken } = context;
    await underWay.get(session.shop)?.catch(() => {}); // whoever began it hears of it
    const kept = await keptAs(db, session.shop);
    await onSeen(kept, sessionToken.iat);
    return { ...context, session: as(session, session.id, kept), domain: session.shop };
  }
  return { ...app, authenticate: { ...app.authenticate, admin: framed(admin, env.appUrl) } };
}
