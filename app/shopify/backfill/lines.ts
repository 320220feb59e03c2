// The lines of a bulk operation's file as they come: one at a time, whatever the file's length.

/** The file broke off, or its last line cannot be read. */
export class CutShort extends Error {
  override name = "CutShort";
}

/** A line as it is kept. */
export interface Line {
  line: number;
  id: string | null;
  /** Of a part: what it is a part of. */
  parent: string | null;
  data: string;
}

/** A line is one order's or one customer's: longer is none of Shopify's. */
const LONGEST = 4 * 1024 * 1024;

/**
 * @param skip so many lines are known already.
 * @param bytes as many as Shopify says that the file has; null: it did not say.
 * @throws CutShort once all lines that can be read were given out
 */
export async function* linesOf(
  body: AsyncIterable<Uint8Array>,
  skip: number,
  bytes: number | null,
): AsyncGenerator<Line> {
  const decoder = new TextDecoder();
  let [rest, line, read] = ["", 0, 0];
  for await (const chunk of whole(body)) {
    read += chunk.length;
    const texts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = texts.pop() ?? "";
    if (rest.length > LONGEST) throw new CutShort();
    for (const text of texts) {
      if (text.trim() === "") continue;
      if (line >= skip) yield read1(text, line);
      line += 1;
    }
  }
  if (rest.trim() !== "" && line >= skip) yield read1(rest, line);
  if (bytes !== null && read < bytes) throw new CutShort();
}

/** A connection that breaks is a file that breaks off. */
async function* whole(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) yield chunk;
  } catch {
    throw new CutShort();
  }
}

/** @throws CutShort */
function read1(text: string, line: number): Line {
  try {
    const { id, __parentId } = JSON.parse(text) as { id?: unknown; __parentId?: unknown };
    return { line, id: textOr(id), parent: textOr(__parentId), data: text };
  } catch {
    throw new CutShort();
  }
}

const textOr = (value: unknown) => (typeof value === "string" ? value : null);
