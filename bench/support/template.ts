// The way of Shopify's app template: authenticate.webhook, prisma.create, queue.add. With NAIVE also a job for each webhook,
// a request for each event and vendor, and a row for each of them.
import { createHash, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import { Session } from "@shopify/shopify-api";
import { createPostgresBackend, type Job, type Queue, withBackend } from "bullmq";
import { openDatabase } from "../../app/base/database.ts";
import { readEnv } from "../../app/base/env.ts";
import { openKeyring } from "../../app/base/secrets.ts";
import type { Message } from "../../app/destinations/destination.ts";
import { openHttp } from "../../app/destinations/http.ts";
import { destinations } from "../../app/destinations/index.ts";
import { read } from "../../app/events/read.ts";
import { openSessions } from "../../app/shopify/sessions.ts";
import { openShopify } from "../../app/shopify/shopify.server.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { settingsOf } from "./settings.ts";

const { DATABASE_URL = "", SANDBOX_VENDORS_URL = "", NAIVE, PORT } = process.env;
const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: DATABASE_URL, max: 10 }) });
const sessions = openSessions(prisma, openKeyring(Buffer.alloc(32, 7).toString("base64")));
await sessions.storeSession(
  new Session({
    id: `offline_${SANDBOX_SHOP}`,
    shop: SANDBOX_SHOP,
    state: "",
    isOnline: false,
    accessToken: "token",
    scope: "",
  }),
);
const { authenticate } = openShopify({
  env: readEnv(process.env),
  db: openDatabase(DATABASE_URL, { size: 1 }),
  sessions,
  onInstall: async () => {},
  onSeen: async () => {},
});
const postgres = withBackend(createPostgresBackend);
const connection = { connectionString: DATABASE_URL, schema: "bullmq", migrate: true };
const queue = new postgres.Queue("webhooks", { connection }) as unknown as Queue;
await queue.waitUntilReady();

const server = createServer(async (incoming, outgoing) => {
  const request = new Request(`http://localhost${incoming.url}`, {
    method: "POST",
    headers: incoming.headers as Record<string, string>,
    body: Readable.toWeb(incoming) as ReadableStream,
    duplex: "half",
  } as RequestInit);
  const { shop, topic, payload, webhookId } = await authenticate.webhook(request);
  const body = Buffer.from(JSON.stringify(payload));
  const { id } = await prisma.webhook.create({ data: { shop, topic, webhookId: webhookId ?? randomUUID(), body } });
  await queue.add("webhook", { id: String(id) }, { removeOnComplete: true });
  outgoing.writeHead(200).end();
});

const declared = new Set<string>();

async function work(job: Job): Promise<void> {
  const webhook = await prisma.webhook.findUniqueOrThrow({ where: { id: BigInt((job.data as { id: string }).id) } });
  const shop = {
    domain: webhook.shop,
    currency: "EUR",
    timeZone: "Europe/Berlin",
    locale: "en",
    primaryDomain: webhook.shop,
  };
  const heardAt = webhook.receivedAt.toISOString();
  const heard = {
    topic: "orders/create",
    body: webhook.body ?? new Uint8Array(),
    triggeredAt: heardAt,
    heardAt,
    now: heardAt,
    arrival: job.id ?? "0",
    shop,
    pseudonym: (text: string) => text,
  };
  const reading = read(heard);
  const events = reading.is === "events" ? reading.normalize(() => undefined).events : [];
  for (const event of events) {
    for (const sheet of destinations) {
      const settings = settingsOf(sheet.slug);
      const say = sheet.on[event.kind] as
        | ((event: unknown, settings: unknown) => Message | Message[] | { skip: string })
        | undefined;
      const said = say?.(event, settings);
      if (!said || "skip" in said) continue;
      const http = openHttp({
        baseUrl: `${SANDBOX_VENDORS_URL}/${sheet.slug}`,
        headers: sheet.headers(settings),
        fetch,
      });
      for (const message of Array.isArray(said) ? said : [said]) {
        const needs = sheet.prepare?.needs(message, event).filter(({ key }) => !declared.has(key)) ?? [];
        if (needs.length > 0) await sheet.prepare?.declare(needs, settings, http);
        for (const { key } of needs) declared.add(key);
        await sheet.send(message.channel, [message], settings, http);
      }
      const times = { occurredAt: new Date(event.occurredAt), dueAt: new Date(), deadlineAt: new Date() };
      const keyHash = createHash("sha256").update(`${webhook.id} ${event.key}`).digest();
      const row = {
        shop: webhook.shop,
        destination: sheet.slug,
        account: "naive",
        keyHash,
        connectionId: randomUUID(),
        kind: event.kind,
        subject: event.subject,
        ...times,
      };
      const { id } = await prisma.delivery.create({ data: row });
      await prisma.delivery.update({ where: { id }, data: { state: "delivered", settledAt: new Date() } });
    }
  }
  await prisma.webhook.update({ where: { id: webhook.id }, data: { state: "normalized" } });
}
if (NAIVE) new postgres.Worker("webhooks", work, { connection, concurrency: 10 });
server.listen(Number(PORT), () => process.send?.("listening"));
process.on("disconnect", () => process.exit()); // whoever measured it is gone
