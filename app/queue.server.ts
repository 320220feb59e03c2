// The bell: BullMQ in PostgreSQL, or in Redis where REDIS_URL says so. A job carries the id of a shop or a lane and nothing else.
import {
  createPostgresBackend,
  type Job,
  Queue,
  type QueueOptions,
  Worker,
  type WorkerOptions,
  withBackend,
} from "bullmq";
import pg from "pg";
import type { Bell } from "./delivery/road.ts";

export interface BellTower {
  bell: Bell;
  /** Rings without the id that would let a dead worker's job swallow it. */
  ringAnew(shops: string[], lanes: { connectionId: string; destination: string }[]): Promise<void>;
  /** Starts answering; `signal` ends when the process shall hand back what it has. */
  answer(handlers: Handlers): void;
  close(): Promise<void>;
}
export interface Handlers {
  shop: (shop: string) => Promise<void>;
  lane: (connectionId: string) => Promise<void>;
  failed: (error: Error) => void;
  /** How many jobs of one queue this process answers at a time. */
  concurrency: number;
}

const SHOPS = "normalize";
const laneQueue = (destination: string) => `deliver-${destination}`;
// BullMQ retries nothing: the books say what is to be done, and the sweep finds what was not.
const KEEP_NOTHING = { attempts: 1, removeOnComplete: true, removeOnFail: true };
// `replace`: without it a delayed job swallows new bells. The delayed bell has an id of its own, so that it displaces no bell that rings now.
const once = (id: string) => ({ deduplication: { id, keepLastIfActive: true, replace: true } });
// A killed worker's job is free again after some seconds.
const LOCKS = { lockDuration: 10_000, stalledInterval: 2_000, maxStalledCount: 1_000_000 };

interface Backend {
  queue: (name: string) => Queue;
  worker: (name: string, work: (job: Job) => Promise<void>, concurrency: number) => Worker;
  end: () => Promise<void>;
}

export async function openBells(options: {
  databaseUrl: string;
  redisUrl?: string;
  destinations: string[];
  connections: number;
}): Promise<BellTower> {
  const backend = options.redisUrl
    ? inRedis(options.redisUrl)
    : await inPostgres(options.databaseUrl, options.connections);
  const shops = backend.queue(SHOPS);
  const lanes = new Map(options.destinations.map((slug) => [slug, backend.queue(laneQueue(slug))]));
  const workers: Worker[] = [];
  for (const queue of [shops, ...lanes.values()]) queue.on("error", () => {}); // a lost bell costs seconds; the sweep rings again
  return {
    bell: {
      shop: async (shop) => void (await shops.add("shop", { shop }, { ...KEEP_NOTHING, ...once(shop) })),
      lanes: async (rung) => {
        for (const { connectionId, destination, delay } of rung) {
          const id = delay ? `later-${connectionId}` : connectionId;
          await lanes.get(destination)?.add("lane", { connectionId }, { ...KEEP_NOTHING, ...once(id), delay });
        }
      },
    },
    async ringAnew(forgottenShops, forgottenLanes) {
      for (const shop of forgottenShops) await shops.add("shop", { shop }, KEEP_NOTHING);
      for (const { connectionId, destination } of forgottenLanes)
        await lanes.get(destination)?.add("lane", { connectionId }, KEEP_NOTHING);
    },
    answer({ shop, lane, failed, concurrency }) {
      workers.push(backend.worker(SHOPS, (job) => shop((job.data as { shop: string }).shop), concurrency));
      for (const slug of options.destinations) {
        workers.push(
          backend.worker(
            laneQueue(slug),
            (job) => lane((job.data as { connectionId: string }).connectionId),
            concurrency,
          ),
        );
      }
      for (const worker of workers) worker.on("failed", (_job, error) => failed(error)).on("error", failed);
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all([shops, ...lanes.values()].map((queue) => queue.close()));
      await backend.end();
    },
  };
}

function inRedis(url: string): Backend {
  const connection = { url, maxRetriesPerRequest: null };
  return {
    queue: (name) => new Queue(name, { connection } satisfies QueueOptions),
    worker: (name, work, concurrency) =>
      new Worker(name, work, { connection, concurrency, ...LOCKS } satisfies WorkerOptions),
    end: async () => {},
  };
}

async function inPostgres(connectionString: string, connections: number): Promise<Backend> {
  const postgres = withBackend(createPostgresBackend);
  const migrating = new postgres.Queue(SHOPS, { connection: { connectionString, schema: "bullmq", migrate: true } });
  await migrating.waitUntilReady();
  await migrating.close();
  const pool = new pg.Pool({ connectionString, max: connections, keepAlive: true, options: "-c search_path=bullmq" });
  pool.setMaxListeners(0); // each queue and worker listens
  pool.on("error", () => {}); // an idle connection broke; the next use makes a new one
  // One that breaks between two statements of BullMQ's is heard by nobody else, and would end the process; the next statement says it.
  pool.on("connect", (client) => client.on("error", () => {}));
  return {
    queue: (name) => new postgres.Queue(name, { connection: pool }) as unknown as Queue,
    worker: (name, work, concurrency) =>
      new postgres.Worker(name, work, { connection: pool, concurrency, ...LOCKS }) as unknown as Worker,
    end: () => pool.end(),
  };
}
