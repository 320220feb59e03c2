// The tables of docs/endpoints.md, read: what they say of each endpoint.
import { readFileSync } from "node:fs";

export interface Row {
  method: string;
  /** With its places in braces: "/pixels/{pixel_id}/events". */
  path: string;
  /** The call, then what reads its answer or its pages. */
  calls: string[];
  file: string;
  uses: string[];
}
export interface Section {
  name: string;
  slug: string;
  /** The test file that makes the calls. */
  test: string;
  rows: Row[];
  /** Lines of a table that are no row of this form. */
  unread: string[];
}

const ROW = /^\| `([A-Z]+) ([^`]+)`[^|]*\| ([^|]+) \((\S+\.ts)\) \| ([^|]+) \| [^|]+ \| [^|]+ \|$/;

export function endpointTable(): Section[] {
  const text = readFileSync(new URL("../../docs/endpoints.md", import.meta.url), "utf8");
  const [, ...sections] = text.split(/^## /m);
  return sections.map((section) => {
    const lines = section.split("\n").filter((line) => /^\| (?!Endpoint)/.test(line));
    const read = lines.map(rowOf);
    return {
      name: section.slice(0, section.indexOf("\n")),
      slug: /`app\/destinations\/(\w+)`/.exec(section)?.[1] ?? "",
      test: /`(test\/[\w/-]+\.test\.ts)`/.exec(section)?.[1] ?? "",
      rows: read.filter((row) => row !== null),
      unread: lines.filter((_line, at) => read[at] === null),
    };
  });
}

function rowOf(line: string): Row | null {
  const [, method = "", path = "", calls = "", file = "", uses = ""] = ROW.exec(line) ?? [];
  if (!method) return null;
  return {
    method,
    path,
    calls: [...calls.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name),
    file,
    uses: uses.split(", "),
  };
}
