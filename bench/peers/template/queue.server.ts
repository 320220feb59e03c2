// The queue of the template's developer: BullMQ, in the same PostgreSQL as ours.
import { createPostgresBackend, type Job, type Queue, withBackend } from "bullmq";

const postgres = withBackend(createPostgresBackend);
const connection = { connectionString: process.env.DATABASE_URL ?? "", schema: "bullmq", migrate: true };
const KEPT = { attempts: 5, backoff: { type: "exponential", delay: 1_000 }, removeOnComplete: true };

export function openQueue(): Queue {
  return new postgres.Queue("webhooks", { connection, defaultJobOptions: KEPT }) as unknown as Queue;
}

export function answer(work: (job: Job<{ id: string }>) => Promise<void>, concurrency: number): void {
  new postgres.Worker("webhooks", work, { connection, concurrency });
}
