// The bell: BullMQ in PostgreSQL, or in Redis where REDIS_URL says so. A job carries the id of a shop or a lane and nothing else.
import { hash } from "node:crypto";
import {
  createPostgresBackend,
  ErrorCode,
  type Job,
  type JobsOptions,
  Queue,
  type QueueOptions,
  Worker,
  type WorkerOptions,
  withBackend,
} from "bullmq";
import pg from "pg";
import { log } from "../base/log.ts";
import type { Bell } from "../delivery/road.ts";
import { sharedBackend } from "./ears.ts";

export interface Bells {
  bell: Bell;
  /** Somebody else is at this shop just now: looks again soon. */
  shopSoon(shop: string): Promise<void>;
  /** The sweep's bells: with ids of their own, since a dead worker's job swallows those that carry the same id. */
  ringAnew(shops: string[], lanes: { connectionId: string; destination: string }[]): Promise<void>;
  /** Starts answering. */
  answer(handlers: Handlers): void;
  close(): Promise<void>;
}
interface Handlers {
  shop: (shop: string) => Promise<void>;
  lane: (lane: { connectionId: string; destination: string }) => Promise<void>;
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
// One that waits or runs is enough, for the next sweep rings again. No `ttl`: with one, BullMQ keeps the id also when the job is done.
const swept = (id: string) => ({ deduplication: { id: `sweep-${id}` } });
/** BullMQ keeps the ids of its bells in a log when the jobs are long gone: no shop is named there. */
const named = (shop: string) => hash("sha256", shop).slice(0, 32);
const SOON_MS = 250;
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
  /** To PostgreSQL; a process that answers has one more, which listens. */
  connections: number;
}): Promise<Bells> {
  const backend = options.redisUrl
    ? inRedis(options.redisUrl)
    : await inPostgres(options.databaseUrl, options.connections);
  const shops = backend.queue(SHOPS);
  const lanes = new Map(options.destinations.map((slug) => [slug, backend.queue(laneQueue(slug))]));
  const workers: Worker[] = [];
  for (const queue of [shops, ...lanes.values()]) queue.on("error", () => {}); // a lost bell costs seconds; the sweep rings again
  return {
    ...ringing(shops, lanes),
    answer: (handlers) => void workers.push(...openWorkers(backend, options.destinations, handlers)),
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all([shops, ...lanes.values()].map((queue) => queue.close()));
      await backend.end();
    },
  };
}

function ringing(shops: Queue, lanes: ReadonlyMap<string, Queue>): Pick<Bells, "bell" | "shopSoon" | "ringAnew"> {
  const ringShop = (shop: string, how: JobsOptions) => shops.add("shop", { shop }, { ...KEEP_NOTHING, ...how });
  const ringLane = (connectionId: string, destination: string, how: JobsOptions) =>
    lanes.get(destination)?.add("lane", { connectionId }, { ...KEEP_NOTHING, ...how });
  return {
    bell: {
      shop: async (shop) => void (await ringShop(shop, once(named(shop)))),
      lanes: async (rung) => {
        for (const { connectionId, destination, delay } of rung) {
          const id = delay ? `later-${connectionId}` : connectionId;
          await ringLane(connectionId, destination, delay ? { ...once(id), delay } : once(id));
        }
      },
    },
    shopSoon: async (shop) => void (await ringShop(shop, { ...once(`later-${named(shop)}`), delay: SOON_MS })),
    async ringAnew(forgottenShops, forgottenLanes) {
      for (const shop of forgottenShops) await ringShop(shop, swept(named(shop)));
      for (const { connectionId, destination } of forgottenLanes)
        await ringLane(connectionId, destination, swept(connectionId));
    },
  };
}

function openWorkers(
  backend: Backend,
  destinations: string[],
  { shop, lane, failed, concurrency }: Handlers,
): Worker[] {
  const workers = [
    backend.worker(SHOPS, (job) => shop((job.data as { shop: string }).shop), concurrency),
    ...destinations.map((slug) =>
      backend.worker(
        laneQueue(slug),
        ({ data }) => lane({ connectionId: (data as { connectionId: string }).connectionId, destination: slug }),
        concurrency,
      ),
    ),
  ];
  const heard = (error: Error) =>
    isGone(error) ? log.debug({ err: error }, "a job was gone when its work was done; nothing is lost") : failed(error);
  for (const worker of workers) worker.on("failed", (_job, error) => heard(error)).on("error", heard);
  return workers;
}

/** A job that was taken for stalled and ended by another worker meanwhile: BullMQ ends none twice. What was to be done stands in the books. */
const isGone = (error: Error & { code?: unknown }) => error.code === ErrorCode.JobNotExist;

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
  const migrated = withBackend(createPostgresBackend);
  const migrating = new migrated.Queue(SHOPS, {
    connection: { connectionString, schema: "bullmq", migrate: true, max: 1 },
  });
  await migrating.waitUntilReady();
  await migrating.close();
  // A bell that a crash of the database loses costs seconds: no commit of BullMQ's waits for the disk.
  const settings = "-c search_path=bullmq -c synchronous_commit=off";
  const pool = new pg.Pool({ connectionString, max: connections, keepAlive: true, options: settings });
  pool.setMaxListeners(0); // each queue and worker hears of its errors
  pool.on("error", () => {}); // an idle connection broke; the next use makes a new one
  // One that breaks between two statements of BullMQ's is heard by nobody else, and would end the process; the next statement says it.
  pool.on("connect", (client) => client.on("error", () => {}));
  const shared = sharedBackend(pool, connectionString);
  const postgres = withBackend(shared.factory);
  return {
    queue: (name) => new postgres.Queue(name, { connection: pool }) as unknown as Queue,
    worker: (name, work, concurrency) =>
      new postgres.Worker(name, work, { connection: pool, concurrency, ...LOCKS }) as unknown as Worker,
    async end() {
      await shared.close();
      await pool.end();
    },
  };
}
