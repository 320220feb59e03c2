// A copy of the tree, in which the tests run on broken code: the user's own files are never touched.
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { root } from "./list.ts";

export interface Tree {
  path: string;
  /** Runs `work` while the file holds another text. */
  withText<T>(file: string, text: string, work: () => Promise<T>): Promise<T>;
  remove(): void;
}

const LEFT_OUT = new Set(["node_modules", ".git", ".data", ".cache", "test-results"]);

/** In a folder that the next run clears away where this one is killed (scripts/throw-away.mjs). */
export function copyTree(): Tree {
  const path = mkdtempSync(join(tmpdir(), `switchyard-run-${process.pid}-`));
  cpSync(root, path, { recursive: true, filter: (from) => !LEFT_OUT.has(relative(root, from)) });
  symlinkSync(join(root, "node_modules"), join(path, "node_modules"));
  return {
    path,
    async withText(file, text, work) {
      const place = join(path, file);
      const before = readFileSync(place, "utf8");
      writeFileSync(place, text);
      try {
        return await work();
      } finally {
        writeFileSync(place, before);
      }
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
