// Whether ShopiMind has a customer or an order in the state that was sent; the rest it cannot be asked for one by one.
import { SaidNo } from "../answer.ts";
import type { Http, LookedUp, Message } from "../destination.ts";
import { isOwn } from "../meaning.ts";
import { readOne } from "./resources.ts";

const READ = { customers: "customers", orders: "orders/id" } as const;

/** @throws SaidNo · NotAsDocumented where the vendor cannot be asked just now */
export async function lookUp(channel: string, messages: Message[], http: Http): Promise<LookedUp[]> {
  const path = READ[channel as keyof typeof READ];
  const found: LookedUp[] = [];
  for (const message of messages) found.push(path ? await lookUpOne(path, message, http) : "cannot tell");
  return found;
}

async function lookUpOne(path: (typeof READ)[keyof typeof READ], message: Message, http: Http): Promise<LookedUp> {
  try {
    const { updated_at: had } = await readOne(http, path, message.id);
    const { updated_at: sent } = message.body as { updated_at: string };
    const age = typeof had === "string" ? Date.parse(had) - Date.parse(sent) : Number.NaN;
    if (Number.isNaN(age)) return "cannot tell";
    return age >= 0 ? "there" : "not there";
  } catch (error) {
    if (error instanceof SaidNo && error.answer.status === 404 && isOwn(error.answer)) return "not there";
    throw error;
  }
}
