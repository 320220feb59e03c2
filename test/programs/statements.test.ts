// Each statement of app/ against the tables: PostgreSQL prepares it, and its columns and values are what TypeScript takes them for.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { statements } from "../../app/base/statement.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";
import { type Column, type Described, describe } from "../support/describe-statement.ts";
import { type Kinds, readTypes } from "../support/statement-types.ts";

const root = join(import.meta.dirname, "../..");
const modules = import.meta.glob([
  "../../app/**/*.ts",
  "!../../app/entry.*",
  "!../../app/routes/**",
  "!../../**/*.d.ts",
]);
const files = Object.keys(modules)
  .map((path) => path.replace("../../", ""))
  .filter((file) => /\bstatement<|\.query\(/.test(readFileSync(join(root, file), "utf8")));
const { declared: written, strange } = readTypes(files.filter((file) => !file.startsWith("app/base/")));

let declared: ((typeof written)[number] & { several: boolean })[];
let database: TestDatabase;
let client: pg.Client;
const described = new Map<string, Described | Error>();
beforeAll(async () => {
  database = await freshDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  for (const file of new Set(written.map(({ file }) => file))) await modules[`../../${file}`]?.();
  declared = written.flatMap((one) => {
    const own = new RegExp(`^${one.name.replaceAll("*", "[a-z_-]+")}$`);
    return statements
      .filter(({ name }) => own.test(name))
      .map(({ name }) => ({ ...one, name, several: one.name.includes("*") }));
  });
  for (const one of statements) described.set(one.name, await describe(client, one).catch((error: Error) => error));
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** What pg makes of a column: bigint and numeric come as text, so that nothing is rounded. */
const ANSWERS: Record<string, string> = {
  ...{ bigint: "string", numeric: "string", text: "string", uuid: "string", "character varying": "string" },
  ...{ integer: "number", smallint: "number", "double precision": "number", boolean: "boolean", bytea: "Buffer" },
  ...{ "timestamp with time zone": "Date" },
  ...{ "bigint[]": "string[]", "text[]": "string[]", "uuid[]": "string[]", "integer[]": "number[]" },
};
/** What pg makes a value of; an array would not become JSON. */
const TAKES: Record<string, string[]> = {
  ...{ bigint: ["string", "number"], numeric: ["string", "number"], integer: ["number"], smallint: ["number"] },
  ...{ text: ["string"], uuid: ["string"], "double precision": ["number"], boolean: ["boolean"], date: ["string"] },
  ...{ "timestamp with time zone": ["Date", "string"], bytea: ["Buffer"], jsonb: ["json", "string"] },
  ...{
    "text[]": ["string[]"],
    "uuid[]": ["string[]"],
    "bigint[]": ["string[]", "number[]"],
    "integer[]": ["number[]"],
    "double precision[]": ["number[]"],
  },
  ...{ "timestamp with time zone[]": ["Date[]", "string[]"], "boolean[]": ["boolean[]"], "jsonb[]": ["string[]"] },
  ...{ "numeric[]": ["string[]", "number[]"] },
};
const withoutNull = (kinds: Kinds) => kinds.filter((kind) => kind !== "null");
const textOf = (name: string) => statements.find((one) => one.name === name)?.text ?? "";

test("every statement has a name of its own, which a connection can know it by", () => {
  expect(written.length).toBeGreaterThan(10);
  const names = statements.map(({ name }) => name);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  expect(names.filter((name) => !/^[a-z]+([-_][a-z0-9]+)*$/.test(name) || name.length > 63)).toEqual([]);
  expect(declared.map(({ name }) => name).sort()).toEqual(names.sort());
});

test("the app runs statements only, each with its values", () => {
  expect(strange).toEqual([]);
});

test("PostgreSQL can prepare every statement against the migrated tables", () => {
  const refused = [...described].flatMap(([name, found]) =>
    found instanceof Error ? [`${name}: ${found.message}`] : [],
  );
  expect(refused).toEqual([]);
});

test("its columns have the names and types that TypeScript knows them by", () => {
  const wrong = declared.flatMap(({ name, where, columns }) => {
    const found = described.get(name);
    if (!found || found instanceof Error) return [];
    const known = new Map(found.columns.map((column) => [column.name, column.type]));
    return [
      ...found.columns.filter((one) => !columns.has(one.name)).map((one) => `${where} ${name} answers ${one.name}`),
      ...[...columns]
        .filter(([column, kinds]) => !isAnswered(known.get(column), withoutNull(kinds)))
        .map(([column, kinds]) => `${where} ${name}: ${column} is ${known.get(column)}, not ${kinds.join(" | ")}`),
    ];
  });
  expect(wrong).toEqual([]);
});

const isAnswered = (type: string | undefined, kinds: Kinds): boolean =>
  ["json", "jsonb", "jsonb[]"].includes(type ?? "")
    ? kinds.every((kind) => !/Date|Buffer|undefined/.test(kind))
    : kinds.length === 1 && kinds[0] === ANSWERS[type ?? ""];

test("what may be NULL in the table may be null in TypeScript, and what may not may not", () => {
  const wrong = declared.flatMap(({ name, where, columns, several }) => {
    const found = described.get(name);
    if (!found || found instanceof Error) return [];
    return found.columns
      .filter(({ nullable }) => nullable || !several)
      .filter((column) => isOtherwise(column, columns.get(column.name) ?? [], textOf(name)))
      .map((column) => `${where} ${name}: ${column.name} is ${column.nullable ? "nullable" : "never null"}`);
  });
  expect(wrong).toEqual([]);
});

/** A condition may leave the NULLs out, and an outer join brings some: then nothing is said. */
function isOtherwise({ origin, nullable }: Column, kinds: Kinds, text: string): boolean {
  if (nullable === undefined) return false;
  if (nullable) return !kinds.includes("null") && !new RegExp(`\\b"?${origin}"? (IS NOT NULL|<> '')`).test(text);
  return kinds.includes("null") && !/\b(LEFT|FULL) JOIN\b/.test(text);
}

test("its values have the types that PostgreSQL takes them for", () => {
  const wrong = declared.flatMap(({ name, where, values }) => {
    const found = described.get(name);
    if (!found || found instanceof Error) return [];
    if (found.values.length !== values.length) return [`${where} ${name} takes ${found.values.length} values`];
    return found.values.flatMap((type, at) => {
      const kinds = withoutNull(values[at] ?? []);
      return kinds.every((kind) => TAKES[type]?.includes(kind))
        ? []
        : [`${where} ${name} $${at + 1} is ${type}, not ${kinds}`];
    });
  });
  expect(wrong).toEqual([]);
});
