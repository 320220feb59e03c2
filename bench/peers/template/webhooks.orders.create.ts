// The template's route for a webhook: authenticate, write down, queue, answer.
import type { ActionFunctionArgs } from "@remix-run/node";
import prisma from "./db.server.ts";
import { openQueue } from "./queue.server.ts";
import { authenticate } from "./shopify.server.ts";

export const queue = openQueue();

export const action = async ({ request }: ActionFunctionArgs) => {
  const { shop, topic, webhookId, payload } = await authenticate.webhook(request);
  try {
    const { id } = await prisma.webhook.create({ data: { webhookId, shop, topic, payload } });
    await queue.add("webhook", { id: String(id) });
  } catch (error) {
    if ((error as { code?: string }).code !== "P2002") throw error; // Shopify sent it again
  }
  return new Response();
};
