// The naive way to deliver: a job for each webhook, a request for each event and vendor, side by side, and one update.
import { Agent, request } from "undici";
import prisma from "./db.server.ts";
import { type Order, REQUESTS } from "./messages.ts";
import { answer } from "./queue.server.ts";

const { VENDORS_URL = "", DESTINATIONS = "" } = process.env;
const slugs = DESTINATIONS.split(",");
const dispatcher = new Agent({ connections: 50 });

async function send(slug: string, order: Order): Promise<void> {
  const made = REQUESTS[slug]?.(order);
  if (!made) throw new Error(`there is no vendor ${slug}`);
  const { statusCode, body } = await request(`${VENDORS_URL}/${slug}${made.path}`, {
    ...{ method: "POST", dispatcher, body: JSON.stringify(made.json) },
    headers: { "content-type": "application/json", accept: "application/json", ...made.headers },
  });
  await body.json();
  if (statusCode >= 300) throw new Error(`${slug} answered ${statusCode}`); // BullMQ tries again
}

answer(
  async ({ data }) => {
    const { id, payload } = await prisma.webhook.findUniqueOrThrow({ where: { id: BigInt(data.id) } });
    await Promise.all(slugs.map((slug) => send(slug, payload as Order)));
    await prisma.webhook.update({ where: { id }, data: { deliveredAt: new Date() } });
  },
  Number(process.env.CONCURRENCY ?? 25),
);
process.send?.("ready");
process.on("disconnect", () => process.exit()); // whoever measured it is gone
