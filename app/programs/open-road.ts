// Puts the road together from the environment, for the web and for the worker.
import { networkInterfaces } from "node:os";
import { openDatabase } from "../base/database.ts";
import type { Env } from "../base/env.ts";
import { log } from "../base/log.ts";
import { fetchOutward } from "../base/outward.ts";
import { openKeyring } from "../base/secrets.ts";
import { timer } from "../base/timer.ts";
import { openWayOut } from "../base/way-out.ts";
import type { AskInstalled, AskProducts, Road } from "../delivery/road.ts";
import { destinations } from "../destinations/index.ts";
import { takeDatabase } from "./deed.ts";
import { type Bells, openBells } from "./queue.ts";
import { uselessKeys } from "./useless-keys.ts";

export interface OpenRoad {
  road: Road;
  bells: Bells;
  close(): Promise<void>;
}

interface Opening {
  /** How the process is known to the database: /readyz looks for a worker by it. */
  role: "web" | "worker";
  /** Connections to the database, for the road and for the bells. */
  shares: { road: number; bells: number };
  askProducts?: AskProducts;
  askInstalled?: AskInstalled | null;
}

export async function openRoad(env: Env, opening: Opening): Promise<OpenRoad> {
  const { role, shares, askProducts = null, askInstalled = null } = opening;
  if (!env.ENCRYPTION_KEY)
    throw new Error("ENCRYPTION_KEY is missing: 32 random bytes as base64; `npm start` makes one for the sandbox.");
  if (env.sandbox && !env.SANDBOX_VENDORS_URL) {
    throw new Error(
      "SANDBOX_VENDORS_URL is missing: the sandbox's vendors run with `npm start`, or elsewhere at that URL.",
    );
  }
  const db = openDatabase(env.DATABASE_URL, {
    size: shares.road,
    name: `switchyard ${role}`,
    prepare: env.DATABASE_PREPARE === "on",
    byIndex: role === "worker",
  });
  await takeDatabase(db, env.sandbox);
  for (const says of await uselessKeys(db, env.ENCRYPTION_KEY)) log.warn(says);
  const bells = await openBells({
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    destinations: destinations.map(({ slug }) => slug),
    connections: shares.bells,
  });
  const keys = openKeyring(env.ENCRYPTION_KEY);
  const road: Road = {
    db,
    clock: () => new Date(),
    timer,
    fetch: env.sandbox ? openWayOut() : fetchOutward,
    bell: bells.bell,
    keys,
    egress: env.EGRESS_ADDRESS ?? ownAddress(),
    destinations,
    askProducts,
    askInstalled,
    sandbox: env.SANDBOX_VENDORS_URL
      ? { vendorsUrl: env.SANDBOX_VENDORS_URL.replace(/\/+$/, ""), budgets: env.SANDBOX_BUDGETS === "on" }
      : null,
  };
  return {
    road,
    bells,
    async close() {
      await bells.close();
      await db.end();
    },
  };
}

/** As far as this host can see it itself: behind one gateway, EGRESS_ADDRESS says it for all. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return all.find(({ internal, family }) => !internal && family === "IPv4")?.address ?? "127.0.0.1";
}
