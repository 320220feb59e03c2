// A road to test on: a real database and vendors over HTTP, run by hand in this process so that a test decides what runs when.
import { randomBytes } from "node:crypto";
import { openKeyring } from "../../app/base/secrets.ts";
import { openWayOut } from "../../app/base/way-out.ts";
import { deliver } from "../../app/delivery/deliver/deliver.ts";
import { normalize } from "../../app/delivery/normalize/normalize.ts";
import { openReceiver } from "../../app/delivery/receive.ts";
import type { Road } from "../../app/delivery/road.ts";
import { destinations } from "../../app/destinations/index.ts";
import { seedSandbox } from "../../sandbox/seed.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { startVendors, type Vendors } from "../../sandbox/vendors.ts";
import { freshDatabase, type TestDatabase } from "./database.ts";
import { openTestTimer, type TestTimer } from "./timer.ts";
import { asTold, REASON_OF } from "./told.ts";

export interface TestRoad {
  road: Road;
  database: TestDatabase;
  vendors: Vendors;
  /** Commits a webhook as the door does. */
  hear(
    topic: string,
    payload: unknown,
    options?: { webhookId?: string; triggeredAt?: Date | null; shop?: string; named?: boolean },
  ): Promise<void>;
  /** The road's timer. */
  timer: TestTimer;
  /** Moves the app's clocks and the vendors'. */
  forward(milliseconds: number): void;
  /** Works everything off that can be worked off now. */
  run(): Promise<void>;
  /** Runs and moves the clock to the next thing that is due, until nothing is due any more. */
  runToTheEnd(most?: number): Promise<void>;
  states(
    slug: string,
  ): Promise<{ kind: string; state: string; reason: string | null; subject: string; alreadyHad: boolean }[]>;
  close(): Promise<void>;
}

/** By itself the clock stands still but for what the test moves. */
interface Time {
  /** The timer's waits do not end by themselves either: in how many steps something is done does not depend on the machine's speed. */
  still?: boolean;
  /** The clock goes on, as that of another program does which works on the same database. */
  passing?: boolean;
}

/**
 * @param given a database to use in place of a fresh one.
 */
export async function openTestRoad(
  change: Partial<Road> = {},
  given?: TestDatabase,
  { still = false, passing = false }: Time = {},
): Promise<TestRoad> {
  const [database, vendors] = await Promise.all([given ?? freshDatabase(), startVendors({ budgets: false })]);
  // The test's own looks do not go through the road's database: that may be one that counts, or dies.
  const look = database.db;
  let moved = 0;
  const opened = Date.now();
  const timer = openTestTimer({ endless: still });
  const road: Road = {
    db: database.db,
    clock: () => new Date((passing ? Date.now() : opened) + moved),
    timer,
    fetch: openWayOut(),
    bell: { shop: async () => {}, lanes: async () => {} },
    keys: openKeyring(randomBytes(32).toString("base64")),
    egress: "192.0.2.1",
    destinations,
    askProducts: null,
    askInstalled: null,
    sandbox: { vendorsUrl: vendors.url, budgets: false },
    ...change,
  };
  await seedSandbox(road);
  const receive = openReceiver(road.db);
  const never = new AbortController().signal;
  let heard = 0;
  const run = async () => {
    const shops = await look.query<{ shop: string }>("SELECT DISTINCT shop FROM webhook WHERE state = 'received'");
    for (const { shop } of shops) while ((await normalize(road, shop)) !== "done");
    const lanes = await look.query<{ id: string }>(
      "SELECT l.connection_id AS id FROM lane l JOIN connection c ON c.id = l.connection_id ORDER BY c.created_at, l.destination",
    );
    for (const { id } of lanes) await deliver(road, id, never);
  };
  return {
    road,
    database,
    vendors,
    timer,
    run,
    async hear(topic, payload, options = {}) {
      heard += 1;
      await receive({
        shop: options.shop ?? SANDBOX_SHOP,
        named: options.named ?? false,
        topic,
        webhookId: options.webhookId ?? `webhook-${heard}`,
        eventId: null,
        apiVersion: "2026-10",
        triggeredAt: (options.triggeredAt === undefined ? road.clock() : options.triggeredAt)?.toISOString() ?? null,
        body: Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload)),
      });
    },
    forward(milliseconds) {
      moved += milliseconds;
      timer.forward(milliseconds);
      vendors.moveClock(milliseconds);
    },
    async runToTheEnd(most = 200) {
      for (let turn = 0; turn < most; turn += 1) {
        await run();
        const [next] = await look.query<{ at: Date | null }>(
          "SELECT min(greatest(l.wake_at, (SELECT min(due_at) FROM delivery d WHERE d.connection_id = l.connection_id AND d.state = 'due'))) AS at FROM lane l WHERE EXISTS (SELECT 1 FROM delivery d WHERE d.connection_id = l.connection_id AND d.state = 'due')",
        );
        if (!next?.at) return;
        const wait = next.at.getTime() - road.clock().getTime();
        moved += Math.max(1, wait);
        vendors.moveClock(Math.max(1, wait));
      }
      throw new Error(`something is still due after ${most} runs`);
    },
    states: async (slug) =>
      asTold(
        await look.query(
          `SELECT kind, state, ${REASON_OF("delivery")}, subject, already_had AS "alreadyHad" FROM delivery WHERE destination = $1 ORDER BY id`,
          [slug],
        ),
      ) as Awaited<ReturnType<TestRoad["states"]>>,
    async close() {
      await Promise.all([database.drop(), vendors.stop()]);
    },
  };
}
