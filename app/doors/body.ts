// What the doors that answer by themselves share: reading a body up to a limit, and saying no.
import type { IncomingMessage } from "node:http";
import type { Hold } from "./gate.ts";
import { giveBack, isAlone } from "./memory.ts";

/** A no with its status and a sentence for whoever reads the answer. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, says: string) {
    super(says);
    this.status = status;
  }
}

export interface BodyLimit {
  /** In bytes. */
  largest: number;
  /** What is said of a larger one. */
  says: string;
  /** In milliseconds, from now to its last byte. */
  within: number;
}

/** @throws Refusal 413 where the length that is told is too much already. */
export function mustFit(request: IncomingMessage, { largest, says }: BodyLimit): void {
  if (Number(request.headers["content-length"] ?? 0) > largest) throw new Refusal(413, says);
}

/** As `piecesOf`, in one piece. */
export async function bodyOf(request: IncomingMessage, limit: BodyLimit, hold: Hold): Promise<Buffer> {
  return joined(await piecesOf(request, limit, hold));
}

/** Nobody may read the pieces afterwards. */
export function joined(pieces: Buffer[]): Buffer {
  if (pieces.length === 1 && pieces[0]) return pieces[0];
  const body = Buffer.concat(pieces);
  pieces.forEach(giveBack);
  return body;
}

/** @throws Refusal 413 over the limit, 408 where it takes too long, 503 where the gate has no room, 400 where it did not arrive whole */
export function piecesOf(request: IncomingMessage, limit: BodyLimit, hold: Hold): Promise<Buffer[]> {
  mustFit(request, limit);
  return new Promise((resolve, reject) => {
    const heap = openHeap();
    const done = (refusal: Refusal | null) => {
      clearTimeout(late);
      request.off("data", take).off("end", whole).off("error", broken).off("close", broken).pause();
      // Whoever breaks off says so once more after this.
      request.on("error", () => {});
      if (!refusal) return resolve(heap.pieces());
      heap.pieces().forEach(giveBack);
      reject(refusal);
    };
    const take = (chunk: Buffer) => {
      if (heap.size() + chunk.length > limit.largest) return done(new Refusal(413, limit.says));
      if (!hold.take(chunk.length))
        return done(new Refusal(503, "too much comes in at once; send it again in a moment"));
      heap.put(chunk);
    };
    const whole = () => done(null);
    const broken = () => done(new Refusal(400, "the body did not arrive whole"));
    const late = setTimeout(() => done(new Refusal(408, "the body did not arrive in time")), limit.within);
    request.on("data", take).on("end", whole).on("error", broken).on("close", broken);
  });
}

const LARGEST_BLOCK = 64 * 1024;
const NOTHING = Buffer.alloc(0);

/**
 * A large chunk that has its memory for itself is kept as it is where no block has room left. The others are copied into blocks as they
 * come: one that is kept, be it of one byte, keeps all alive that was read with it.
 */
function openHeap() {
  const blocks: Buffer[] = [];
  let [size, free] = [0, NOTHING];
  return {
    size: () => size,
    put(chunk: Buffer) {
      size += chunk.length;
      if (free.length === 0 && isAlone(chunk)) return void blocks.push(chunk);
      const fits = chunk.copy(free);
      free = free.subarray(fits);
      if (fits < chunk.length) {
        const block = Buffer.allocUnsafeSlow(Math.max(chunk.length - fits, Math.min(size, LARGEST_BLOCK)));
        blocks.push(block);
        free = block.subarray(chunk.copy(block, 0, fits));
      }
      giveBack(chunk);
    },
    /** The last block may have room left at its end. */
    pieces() {
      const last = blocks.at(-1);
      if (!last || free.length === 0) return blocks;
      return [...blocks.slice(0, -1), last.subarray(0, last.length - free.length)];
    },
  };
}

const LONGEST_REST = 2_000;

/** A connection that is cut while a refused body still comes may take the answer with it: the rest is read and dropped, for a while. */
export function dropTheRest(request: IncomingMessage): void {
  if (request.complete) return;
  const cut = setTimeout(() => request.destroy(), LONGEST_REST);
  request.once("close", () => clearTimeout(cut));
  request.on("data", giveBack).resume();
}
