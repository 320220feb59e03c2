// What a vendor must still know after a restart: the app declares it once and rightly trusts in it from then on.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

export interface Memory {
  recall<Value>(name: string): Value[];
  keep(name: string, values: unknown[]): void;
}

/** Without a file it forgets when the process ends. */
export function openMemory(file: string | undefined): Memory {
  const known: Record<string, unknown[]> = file && existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  return {
    recall: <Value>(name: string) => (known[name] ?? []) as Value[],
    keep(name, values) {
      known[name] = values;
      if (file) write(file, known);
    },
  };
}

function write(file: string, known: object): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(known));
  renameSync(`${file}.new`, file);
}
