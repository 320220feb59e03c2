// Gives the memory of bytes back as soon as they have passed: what waits for the garbage collection makes V8 collect all the time, and the whole process stands still meanwhile.
import type { Readable, Writable } from "node:stream";

/** Smaller ones are no burden. */
const WORTH_IT = 4 * 1024;

/** Nobody may read it afterwards. Node's parser copies each piece of a body into memory of its own; what shares its memory is left alone. */
export function giveBack(chunk: Buffer): void {
  if (isAlone(chunk) && chunk.buffer instanceof ArrayBuffer) chunk.buffer.transfer(0);
}

/** Nobody shares its memory, which is worth some care. */
export const isAlone = (chunk: Buffer): boolean =>
  chunk.byteLength >= WORTH_IT && chunk.byteLength === chunk.buffer.byteLength;

/** As `from.pipe(to)`. */
export function handOn(from: Readable, to: Writable): void {
  from.on("data", (chunk: Buffer) => {
    if (!to.write(chunk, () => giveBack(chunk))) from.pause();
  });
  to.on("drain", () => from.resume());
  from.once("end", () => to.end());
}
