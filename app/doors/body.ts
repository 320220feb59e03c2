// What the doors that answer by themselves share: reading a body up to a limit, and saying no.
import type { IncomingMessage } from "node:http";

/** A no with its status and a sentence for whoever reads the answer. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, says: string) {
    super(says);
    this.status = status;
  }
}

/** @throws Refusal 413 over `largest` bytes, 400 where it did not arrive whole */
export async function bodyOf(request: IncomingMessage, largest: number, says: string): Promise<Buffer> {
  const tooLarge = new Refusal(413, says);
  if (Number(request.headers["content-length"] ?? 0) > largest) throw tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > largest) throw tooLarge;
      chunks.push(chunk);
    }
  } catch (error) {
    if (error === tooLarge) throw error;
    throw new Refusal(400, "the body did not arrive whole");
  }
  return Buffer.concat(chunks);
}

const LONGEST_REST = 2_000;

/** A connection that is cut while a refused body still comes may take the answer with it: the rest is read and dropped, for a while. */
export function dropTheRest(request: IncomingMessage): void {
  if (request.complete) return;
  const cut = setTimeout(() => request.destroy(), LONGEST_REST);
  request.once("close", () => clearTimeout(cut));
  request.resume();
}
