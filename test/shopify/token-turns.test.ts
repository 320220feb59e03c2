// A shop's token is asked for by one at a time: whoever opens a page or works in the background at the same moment uses what that one got.
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readEnv } from "../../app/base/env.ts";
import { openKeyring } from "../../app/base/secrets.ts";
import { timer } from "../../app/base/timer.ts";
import { openOffline } from "../../app/shopify/offline.ts";
import { openSessions } from "../../app/shopify/sessions.ts";
import { HUMAN } from "../support/browser.ts";
import { KEY, openRealApp, type RealApp, SHOP, tokenOf } from "../support/shopify.ts";
import { framed } from "../support/web.ts";

let app: RealApp;
beforeEach(async () => {
  app = await openRealApp();
});
afterEach(() => app?.close());

const headers = { "user-agent": HUMAN, "sec-fetch-dest": "iframe" };
const open = async () => {
  const answer = await fetch(`${app.web.url}${framed("/app", SHOP)}&id_token=${tokenOf()}`, { headers });
  await answer.text();
  return answer.status;
};
/** A worker's way to Shopify, as each process has one of its own. */
const worker = () =>
  openOffline({
    env: readEnv({ DATABASE_URL: app.database.url, ENCRYPTION_KEY: KEY }),
    road: { db: app.database.db, clock: () => new Date(), timer },
    keys: openKeyring(KEY),
    connections: 1,
    fetch: (url, init) => fetch(app.standIn.url + new URL(String(url)).pathname, init),
  });
async function stored() {
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: app.database.url, max: 1 }) });
  const session = await openSessions(prisma, openKeyring(KEY)).loadSession(`offline_${SHOP}`);
  await prisma.$disconnect();
  return session;
}
const ends = (when: string) => app.database.db.query(`UPDATE session SET expires = now() AT TIME ZONE 'UTC' ${when}`);

test("three openings of a new shop at once make one call, and the pair that is stored works", async () => {
  expect(await Promise.all([open(), open(), open()])).toEqual([200, 200, 200]);
  expect(app.standIn.tokenCalls).toBe(1);
  await ends("- interval '1 minute'");
  expect(await worker().installed(SHOP)).toBe("there");
  expect((await stored())?.refreshToken).toBe(app.standIn.refreshToken);
});

test("three workers and three openings at the end of a token make one call, and the pair that is stored works", async () => {
  await open();
  await ends("+ interval '1 minute'");
  const workers = [worker(), worker(), worker()];
  app.standIn.tokenCalls = 0;
  const all = await Promise.all([
    ...workers.map(({ installed }) => installed(SHOP)),
    ...[1, 2, 3].map(async () => String(await open())),
  ]);
  expect(all).toEqual(["there", "there", "there", "200", "200", "200"]);
  expect(app.standIn.tokenCalls).toBe(1);
  expect((await stored())?.refreshToken).toBe(app.standIn.refreshToken);
  await ends("- interval '1 minute'");
  expect(await worker().installed(SHOP)).toBe("there");
});

test("an answer that is lost is asked for again with the same token", async () => {
  await open();
  await ends("- interval '1 minute'");
  app.standIn.loses = 1;
  expect(await worker().installed(SHOP)).toBe("unknown");
  expect(await worker().installed(SHOP)).toBe("there");
  expect((await stored())?.refreshToken).toBe(app.standIn.refreshToken);
});

test("a process that died in its turn is not waited for when the turn is over", async () => {
  await app.database.db.query(
    "INSERT INTO token_turn (shop, owner, until) VALUES ($1, gen_random_uuid(), now() - interval '1 s')",
    [SHOP],
  );
  expect(await open()).toBe(200);
  expect(app.standIn.tokenCalls).toBe(1);
  expect(await app.database.db.query("SELECT 1 FROM token_turn")).toEqual([]);
});

test("a token that Shopify refused before its hour was over is replaced by the next opening", async () => {
  await open();
  await app.database.db.query("UPDATE shop SET token_dead_at = now()");
  expect(await open()).toBe(200);
  expect(app.standIn.tokenCalls).toBe(2);
  expect(await app.database.db.query("SELECT token_dead_at AS dead FROM shop")).toEqual([{ dead: null }]);
});
