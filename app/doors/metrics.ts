// GET /metrics: what the counters in PostgreSQL say, the same in every process and after every restart, and this process's latencies.

import { Counter, Histogram, Registry } from "prom-client";
import type { Database } from "../base/database.ts";
import { statement } from "../base/statement.ts";
import { WAYS } from "../delivery/normalize/visitor-count.ts";
import { DELIVERY_STATES } from "../delivery/states.ts";
import { PIXEL_POST } from "../events/read.ts";

export interface Metrics {
  /** Seconds from the first byte of a webhook to its answer. */
  answered(seconds: number): void;
  /** A post to the web pixel's door: its answer, and whether the browser named an origin. */
  pixelAnswered(status: number, origin: "none" | "null" | "site"): void;
  text(): Promise<string>;
}

export function openMetrics(db: Database, destinations: string[]): Metrics {
  const registry = new Registry();
  const answer = new Histogram({
    name: "switchyard_webhook_answer_seconds",
    help: "Time until a webhook was committed and answered, in this process.",
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4],
    registers: [registry],
  });
  const posts = new Counter({
    name: "switchyard_pixel_posts_total",
    help: "Posts to the web pixel's door, in this process, by the answer and by the origin that the browser named.",
    labelNames: ["status", "origin"],
    registers: [registry],
  });
  return {
    answered: (seconds) => answer.observe(seconds),
    pixelAnswered: (status, origin) => posts.inc({ status, origin }),
    async text() {
      const [own, kept] = await Promise.all([registry.metrics(), fromTheBooks(db, destinations)]);
      return `${kept}\n${own}`;
    },
  };
}

async function fromTheBooks(db: Database, destinations: string[]): Promise<string> {
  const books = await readBooks(db);
  return [...webhookFamilies(books), ...deliveryFamilies(books, destinations), visitorFamily(books)].join("\n");
}

const WEBHOOKS = statement<{ state: string; count: string }>("count-webhooks-by-state")`
  SELECT state, sum(count) AS count
  FROM webhook_count
  GROUP BY state
  UNION ALL
  SELECT 'received', count(*)
  FROM webhook
  WHERE state = 'received' AND topic <> '${PIXEL_POST}'`;
const DELIVERIES = statement<{ destination: string; state: string; count: string }>("count-deliveries-by-state")`
  SELECT destination, state, sum(count) AS count
  FROM delivery_count
  GROUP BY destination, state`;
const OLDEST = statement<{ destination: string; seconds: number }>("age-of-oldest-due-delivery")`
  SELECT l.destination, max(extract(epoch FROM clock_timestamp() - o.created_at))::float8 AS seconds
  FROM lane l
  JOIN LATERAL (
    SELECT min(created_at) AS created_at FROM delivery d WHERE d.connection_id = l.connection_id AND d.state = 'due'
  ) o ON true
  WHERE o.created_at IS NOT NULL
  GROUP BY l.destination`;
const VISITORS = statement<{ from: string; count: string }>("count-visitors-by-way")`
  SELECT "from", sum(count) AS count
  FROM visitor_count
  GROUP BY "from"`;

type Books = Awaited<ReturnType<typeof readBooks>>;

async function readBooks(db: Database) {
  const [webhooks, deliveries, oldest, visitors] = await Promise.all([
    db.query(WEBHOOKS),
    db.query(DELIVERIES),
    db.query(OLDEST),
    db.query(VISITORS),
  ]);
  return { webhooks, deliveries, oldest, visitors };
}

const WEBHOOK_STATES = ["received", "normalized", "ignored", "waiting", "unreadable"];

function webhookFamilies({ webhooks }: Books): string[] {
  const count = (state: string) => Number(webhooks.find((row) => row.state === state)?.count ?? 0);
  return [
    family("switchyard_webhooks_received_total", "counter", "Webhooks committed, each counted once.", [
      ["", webhooks.reduce((sum, row) => sum + Number(row.count), 0)],
    ]),
    family(
      "switchyard_webhooks",
      "gauge",
      "Webhooks by state.",
      WEBHOOK_STATES.map((state) => [`{state="${state}"}`, count(state)]),
    ),
  ];
}

function deliveryFamilies({ deliveries, oldest }: Books, destinations: string[]): string[] {
  const count = (slug: string, state: string) =>
    Number(deliveries.find((row) => row.state === state && row.destination === slug)?.count ?? 0);
  const age = (slug: string) => Math.max(0, oldest.find(({ destination }) => destination === slug)?.seconds ?? 0);
  const each = (value: (slug: string) => number) =>
    destinations.map((slug): Sample => [`{destination="${slug}"}`, value(slug)]);
  const byState = destinations.flatMap((slug) =>
    DELIVERY_STATES.map((state): Sample => [`{destination="${slug}",state="${state}"}`, count(slug, state)]),
  );
  return [
    family("switchyard_deliveries_total", "gauge", "Deliveries that are in a state now.", byState),
    family(
      "switchyard_deliveries_due",
      "gauge",
      "Deliveries that are owed.",
      each((slug) => count(slug, "due")),
    ),
    family("switchyard_oldest_due_seconds", "gauge", "Age of the oldest delivery that is owed.", each(age)),
  ];
}

const visitorFamily = ({ visitors }: Books): string =>
  family(
    "switchyard_visitors_total",
    "counter",
    "Orders by the way in which their visitor was known when the order was heard of: all but pixel fell short.",
    WAYS.map((way) => [`{from="${way}"}`, Number(visitors.find(({ from }) => from === way)?.count ?? 0)]),
  );

type Sample = readonly [labels: string, value: number];

const family = (name: string, type: string, help: string, samples: Sample[]) =>
  [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(([labels, value]) => `${name}${labels} ${value}`),
  ].join("\n");
