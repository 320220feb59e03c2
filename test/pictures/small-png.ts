// A picture of a page as a small PNG: its few colours in a palette, so that a byte is enough for a dot.
import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");
const COLOURS = 128;

/** @param png as Chromium draws it: eight bits a colour, with or without transparency, not interlaced. */
export function smallPng(png: Buffer): Buffer {
  const { width, height, dots } = read(png);
  const palette = mostUsed(dots);
  const lines = Buffer.alloc((width + 1) * height); // each begins with 0: no filter
  const places = new Map(palette.map((colour, at) => [colour, at]));
  for (const [at, colour] of dots.entries()) {
    const place = places.get(colour) ?? nearest(palette, colour);
    places.set(colour, place);
    lines[Math.floor(at / width) + at + 1] = place;
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3], 8); // eight bits, of a palette
  const colours = Buffer.from(palette.flatMap((colour) => [...partsOf(colour)]));
  const packed = deflateSync(lines, { level: 9, memLevel: 9 });
  return Buffer.concat([SIGNATURE, chunk("IHDR", head), chunk("PLTE", colours), chunk("IDAT", packed), chunk("IEND")]);
}

function read(png: Buffer): { width: number; height: number; dots: Uint32Array } {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const bytes = png[25] === 6 ? 4 : 3;
  const packed: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString("latin1", at + 4, at + 8) === "IDAT")
      packed.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const raw = inflateSync(Buffer.concat(packed));
  const wide = width * bytes;
  let above: Uint8Array = new Uint8Array(wide);
  const dots = new Uint32Array(width * height);
  for (let line = 0; line < height; line += 1) {
    const start = line * (wide + 1);
    above = plain(raw[start] ?? 0, raw.subarray(start + 1, start + 1 + wide), above, bytes);
    for (let x = 0; x < width; x += 1) {
      const [red = 0, green = 0, blue = 0] = above.subarray(x * bytes, x * bytes + 3);
      dots[line * width + x] = (red << 16) | (green << 8) | blue;
    }
  }
  return { width, height, dots };
}

/** A line without its filter (PNG, chapter 9). */
function plain(filter: number, line: Uint8Array, above: Uint8Array, bytes: number): Uint8Array {
  const out = new Uint8Array(line.length);
  for (let at = 0; at < line.length; at += 1) {
    const [left = 0, up = 0, corner = 0] = [out[at - bytes], above[at], above[at - bytes]];
    const guess = [0, left, up, (left + up) >> 1, filter === 4 ? paeth(left, up, corner) : 0][filter] ?? 0;
    out[at] = (line[at] ?? 0) + guess;
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

function mostUsed(dots: Uint32Array): number[] {
  const counts = new Map<number, number>();
  for (const colour of dots) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, COLOURS)
    .map(([colour]) => colour);
}

const partsOf = (colour: number) => [colour >> 16, (colour >> 8) & 255, colour & 255] as const;

function nearest(palette: number[], colour: number): number {
  const parts = partsOf(colour);
  const far = (other: number) => partsOf(other).reduce((sum, part, at) => sum + (part - (parts[at] ?? 0)) ** 2, 0);
  return palette.reduce((best, other, at) => (far(other) < far(palette[best] ?? 0) ? at : best), 0);
}

function chunk(name: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
