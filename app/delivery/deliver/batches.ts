// Cuts messages into batches that a channel takes: by count, and by the UTF-8 bytes of their JSON.
import type { ChannelSheet } from "../../destinations/destination.ts";
import type { Piece } from "./work.ts";

export function batches(pieces: Piece[], sheet: ChannelSheet): Piece[][] {
  const cut: Piece[][] = [];
  let size = 0;
  for (const piece of pieces) {
    const bytes = Buffer.byteLength(JSON.stringify(piece.message.body)) + 1;
    const last = cut.at(-1);
    const full = !last || last.length >= sheet.batch || (sheet.bytes !== undefined && size + bytes > sheet.bytes);
    if (full) cut.push([piece]);
    else last.push(piece);
    size = full ? bytes + 2 : size + bytes;
  }
  return cut;
}
