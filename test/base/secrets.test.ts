// Keys are rotated while the app runs: everything that is sealed is sealed anew, and what is saved meanwhile is not lost.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import { Session } from "@shopify/shopify-api";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Database } from "../../app/base/database.ts";
import { openKeyring } from "../../app/base/secrets.ts";
import { alertWays, setAlertUrl } from "../../app/delivery/alerts/ways.ts";
import { openConnection } from "../../app/delivery/connections/open-connection.ts";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import { fileContext } from "../../app/delivery/people/data-requests.ts";
import { rotate } from "../../app/programs/rotation.ts";
import { uselessKeys } from "../../app/programs/useless-keys.ts";
import { openSessions } from "../../app/shopify/sessions.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { textOf } from "../support/database.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";

const newKey = () => randomBytes(32).toString("base64");
const old = `1:${newKey()}`;
const young = `2:${newKey()}`;
const both = `${young},${old}`;
const FILE = "what is held";
let trip: TestRoad;
let prisma: PrismaClient;
beforeEach(async () => {
  trip = await openTestRoad({ keys: openKeyring(old) });
  prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: trip.database.url, max: 1 }) });
  const session = new Session({ id: `offline_${SANDBOX_SHOP}`, shop: SANDBOX_SHOP, state: "", isOnline: false });
  Object.assign(session, { accessToken: "shpat_access", refreshToken: "shprt_refresh" });
  await openSessions(prisma, openKeyring(old)).storeSession(session);
  for (const way of ["webhook", "slack"] as const)
    await setAlertUrl(trip.road, SANDBOX_SHOP, way, "https://alerts.example.com/");
  await trip.road.db.query(
    `INSERT INTO data_request (shop, webhook_id, about, persons, asked_at, done_at, file, holds, until)
     VALUES ($1, 1, 'customer:1', '{}', now(), now(), $2, '{}', now() + interval '30 days')`,
    [SANDBOX_SHOP, openKeyring(old).seal(FILE, fileContext(SANDBOX_SHOP))],
  );
});
afterEach(async () => {
  await prisma.$disconnect();
  await trip.close();
});

const ids = async () =>
  (
    await trip.road.db.query<{ id: string }>("SELECT id FROM connection ORDER BY (destination = 'shopipixel') DESC")
  ).map(({ id }) => id);

/** Can all of it be opened with these keys alone? */
async function opensWith(keys: string): Promise<void> {
  const road = { ...trip.road, keys: openKeyring(keys) };
  const [first] = await ids();
  expect((await openConnection(road, first ?? ""))?.settings.apiKey).toBe("sp_sandbox");
  const session = await openSessions(prisma, road.keys).loadSession(`offline_${SANDBOX_SHOP}`);
  expect(session).toMatchObject({ accessToken: "shpat_access", refreshToken: "shprt_refresh" });
  expect(await alertWays(road, SANDBOX_SHOP)).toMatchObject({ webhook: { host: "alerts.example.com" }, slack: {} });
  const [request] = await trip.road.db.query<{ file: string }>("SELECT file FROM data_request");
  expect(road.keys.open(request?.file ?? "", fileContext(SANDBOX_SHOP))).toBe(FILE);
}

test("everything that is sealed is sealed with the newest key; before and after it opens with both", async () => {
  await opensWith(both);
  expect(await rotate(trip.road.db, openKeyring(both))).toEqual([
    { what: "credentials of connections", current: 0, sealedAnew: 5, unopened: [] },
    { what: "session tokens", current: 0, sealedAnew: 2, unopened: [] },
    { what: "addresses for alerts", current: 0, sealedAnew: 1, unopened: [] },
    { what: "addresses at Slack for alerts", current: 0, sealedAnew: 1, unopened: [] },
    { what: "files about people", current: 0, sealedAnew: 1, unopened: [] },
  ]);
  await opensWith(both);
  await opensWith(young);
  expect((await rotate(trip.road.db, openKeyring(both))).map((one) => one.current)).toEqual([5, 2, 1, 1, 1]);
});

test("what a merchant saves while it is being sealed anew stays", async () => {
  const [id] = await ids();
  let saves = 0;
  const { db } = trip.road;
  const busy: Database = {
    ...db,
    async query(what, values) {
      if (/^\s*UPDATE connection/.test(textOf(what)) && values?.[0] === id && saves++ === 0) {
        const draft = {
          id: id ?? "",
          destination: "shopipixel",
          name: "",
          settings: { apiKey: "sp_sandbox_write" },
          rules: {},
        };
        expect((await saveConnection(trip.road, SANDBOX_SHOP, draft)).ok).toBe(true);
      }
      return db.query(what, values);
    },
  };
  expect(await rotate(busy, openKeyring(both))).toMatchObject([{ sealedAnew: 5 }, {}, {}, {}, {}]);
  const open = await openConnection({ ...trip.road, keys: openKeyring(young) }, id ?? "");
  expect(open?.settings.apiKey).toBe("sp_sandbox_write");
});

test("what no key of the ring opens is named and left as it is, and the rest goes on", async () => {
  const [id] = await ids();
  await trip.road.db.query("UPDATE connection SET secrets = $2 WHERE id = $1", [
    id,
    openKeyring(`9:${newKey()}`).seal("{}", "elsewhere"),
  ]);
  expect(await rotate(trip.road.db, openKeyring(both))).toMatchObject([
    { sealedAnew: 4, unopened: [id] },
    {},
    {},
    {},
    {},
  ]);
});

test("the command prints its figures and never a secret", async () => {
  const child = spawn(process.execPath, ["app/entry.rotate.ts"], {
    cwd: new URL("../..", import.meta.url),
    env: { NODE_ENV: "production", PATH: process.env.PATH, DATABASE_URL: trip.database.url, ENCRYPTION_KEY: both },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
  const [code] = await once(child, "close");
  expect(said).toContain("credentials of connections: 5 sealed anew");
  expect(code).toBe(0);
  for (const secret of ["sp_sandbox", "shpat_", young.slice(2), old.slice(2)]) expect(said).not.toContain(secret);
  await opensWith(young);
});

test("the way of the README works whatever the keys are called, and a lone key had no name", async () => {
  const [one, two] = [newKey(), newKey()];
  const sealed = openKeyring(one).seal("shpat_1", "here");
  for (const ring of [`new:${two},old:${one}`, `1:${two},0:${one}`, `a.b:${two},c d:${one}`, `old:${one}`]) {
    const keys = openKeyring(ring);
    expect(keys.open(sealed, "here"), ring).toBe("shpat_1");
    expect(() => keys.open(sealed, "elsewhere")).toThrow(/no key in ENCRYPTION_KEY/);
    expect(keys.isCurrent(sealed, "here"), ring).toBe(ring.startsWith("old"));
    expect(openKeyring(ring).open(keys.seal("again", "here"), "here")).toBe("again");
  }
  const dotted = openKeyring(`a.b:${two}`).seal("x", "here");
  expect(openKeyring(two).open(dotted, "here")).toBe("x");
});

test("keys that were given another's name are still told apart when all is sealed anew", async () => {
  const renamed = `1:${newKey()},0:${old.slice(2)}`;
  expect(await rotate(trip.road.db, openKeyring(renamed))).toMatchObject([
    { current: 0, sealedAnew: 5, unopened: [] },
    ...[{ sealedAnew: 2 }, { sealedAnew: 1 }, { sealedAnew: 1 }, { sealedAnew: 1 }],
  ]);
  await opensWith(renamed.split(",")[0] ?? "");
});

test("one name for two keys is an error that names it, and shows no key", () => {
  const [one, two] = [newKey(), newKey()];
  for (const [ring, name] of [
    [`a:${one},a:${two}`, "a"],
    [`${one},${two}`, "1"],
    [`${one},1:${two}`, "1"],
  ] as const) {
    const says = (() => {
      try {
        openKeyring(ring);
        return "";
      } catch (error) {
        return String(error);
      }
    })();
    expect(says).toContain(`two keys named "${name}"`);
    expect(says).not.toContain(one);
  }
});

test("one key under two names is an error at the start", () => {
  const [one, other] = [randomBytes(32), randomBytes(32)].map((key) => key.toString("base64"));
  for (const value of [`new:${one},old:${one}`, `c:${other},b:${one},a:${one}`, `${one},old:${one?.replace("=", "")}`])
    expect(() => openKeyring(value)).toThrow(/^ENCRYPTION_KEY has one key under two names, "\w+" and "\w+"$/);
});

test("keys that open nothing of what is stored are said, without the key; where nothing is stored nothing is", async () => {
  const { db } = trip.road;
  const [lost, fresh] = [newKey(), newKey()];
  expect(await uselessKeys(db, old)).toEqual([]);
  expect(await uselessKeys(db, old.slice(2))).toEqual([]);
  expect(await uselessKeys(db, `new:${fresh},mine:${old.slice(2)},lost:${lost}`)).toEqual([
    expect.stringMatching(/^The key "new" .* opens nothing that is stored yet: `npm run rotate-keys`/),
    expect.stringMatching(/^The key "lost" .* opens nothing of what is stored/),
  ]);
  const [says] = await uselessKeys(db, `${fresh}`);
  expect(says).toMatch(/^ENCRYPTION_KEY opens nothing of what is stored \(10 secrets\)/);
  expect(says).not.toContain(fresh);
  await db.query("DELETE FROM connection");
  await db.query("DELETE FROM session");
  await db.query("DELETE FROM shop");
  await db.query("DELETE FROM data_request");
  expect(await uselessKeys(db, fresh)).toEqual([]);
});
