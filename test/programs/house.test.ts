// The house: imports go one way, files stay short, and every file says what it is for.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const sources = ["app", "sandbox", "extensions", "test", "bench", "scripts", "chaos"].flatMap((folder) =>
  filesBelow(join(root, folder)),
);
const inApp = sources.filter((file) => file.startsWith("app/"));

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => join(folder, name))
      .filter((path) => /\.(ts|tsx|mjs|js)$/.test(path) && statSync(path).isFile())
      .map((path) => relative(root, path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

const textOf = (file: string) => readFileSync(join(root, file), "utf8");

function importsOf(file: string): string[] {
  const found = textOf(file).matchAll(/(?:from|import)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g);
  return [...found].map(([, path = ""]) => relative(root, resolve(root, dirname(file), path)));
}

/** Lower may be imported by higher, never the other way round. */
const FLOORS = ["base", "events", "destinations", "delivery", "shopify", "doors", "programs"].map(
  (floor) => `app/${floor}/`,
);
const STEPS = ["connections", "normalize", "deliver", "upkeep", "ledger", "accuracy"].map(
  (step) => `app/delivery/${step}/`,
);
const floorOf = (file: string, floors = FLOORS) => floors.findIndex((floor) => file.startsWith(floor));
const upward = (floors: string[]) =>
  inApp.flatMap((file) =>
    floorOf(file, floors) < 0
      ? []
      : importsOf(file)
          .filter((other) => floorOf(other, floors) > floorOf(file, floors))
          .map((other) => `${file} → ${other}`),
  );

test("imports go one way: programs → doors → shopify → delivery → destinations → events → base", () => {
  expect(upward(FLOORS)).toEqual([]);
});

test("and one way within the delivery: accuracy → ledger → upkeep → deliver → normalize → connections", () => {
  expect(upward(STEPS)).toEqual([]);
});

test("nothing below imports routes, pages or entries", () => {
  const wrong = inApp
    .filter((file) => floorOf(file) >= 0)
    .flatMap((file) =>
      importsOf(file)
        .filter((other) => /^app\/(routes|pages|entry\.|root)/.test(other))
        .map((other) => `${file} → ${other}`),
    );
  expect(wrong).toEqual([]);
});

test("the product imports neither tests nor examples, and the sandbox only in the entries", () => {
  const wrong = inApp.flatMap((file) =>
    importsOf(file)
      .filter(
        (other) =>
          other.startsWith("test/") ||
          (other.startsWith("sandbox/") && !/^app\/entry\.(pages|worker)\.ts$/.test(file)) ||
          (/examples?(\/|\.ts$)/.test(other) && !/example/.test(file)),
      )
      .map((other) => `${file} → ${other}`),
  );
  expect(wrong).toEqual([]);
});

test("a vendor's folder knows its own files, the contract and the events, and no other vendor, database, queue or fetch", () => {
  const vendors = inApp.filter((file) => /^app\/destinations\/[^/]+\//.test(file));
  const wrong = vendors.flatMap((file) => {
    const own = file.split("/").slice(0, 3).join("/");
    const strange = importsOf(file).filter(
      (other) =>
        !other.startsWith(`${own}/`) &&
        !other.startsWith("app/events/") &&
        !/^app\/destinations\/[^/]+\.ts$/.test(other),
    );
    const direct = /\bfetch\(|from "(pg|bullmq|node:http)/.test(textOf(file)) ? ["a door of its own"] : [];
    return [...strange, ...direct].map((other) => `${file} → ${other}`);
  });
  expect(wrong).toEqual([]);
});

test("no imports run in a circle, those of types included", () => {
  const graph = new Map(sources.map((file) => [file, importsOf(file).filter((other) => !other.endsWith(".d.ts"))]));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: string[]) => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" → "));
    if (done.has(file) || path.includes(file)) return;
    for (const other of graph.get(file) ?? []) if (graph.has(other)) visit(other, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  expect(circles).toEqual([]);
});

test("the worker loads neither React nor a page's component", () => {
  const loaded = new Set(["app/entry.worker.ts"]);
  for (const file of loaded) if (file.endsWith(".ts")) for (const other of importsOf(file)) loaded.add(other);
  const ofPages = /"((@remix-run\/)?react|@shopify\/polaris)/;
  expect([...loaded].filter((file) => file.endsWith(".tsx") || ofPages.test(textOf(file)))).toEqual([]);
  expect(loaded).toContain("app/pages/texts/tell-in.ts");
});

test("a file has at most 200 lines and opens with a sentence on what it is for", () => {
  const long = sources.filter((file) => textOf(file).split("\n").length > 201);
  const silent = sources.filter((file) => !/^(#!.*\n)?(\/\/|\/\*\*?) ?\S/.test(textOf(file)));
  expect({ long, silent }).toEqual({ long: [], silent: [] });
});

test("SQL is in statements that have a name, laid out in lines of at most 120 characters that begin with their clause", () => {
  const clause = /\S.*?(?<!DISTINCT )\b(FROM|WHERE|GROUP BY|ORDER BY|RETURNING|LIMIT|SET|VALUES|ON CONFLICT|UNION)\b/;
  const written = inApp.filter((file) => textOf(file).includes("/statement.ts"));
  const wrong = written.flatMap((file) =>
    [...textOf(file).matchAll(/(?:\)|=>?) ?`\n([^`]*)`/g)].flatMap(([, sql = ""]) => {
      const outside = flat(sql).split("\n");
      return [
        ...sql.split("\n").filter((line) => line.length > 120),
        ...outside.filter((line) =>
          clause.test(line.replace(/\b(DELETE FROM|DO UPDATE SET|FOR UPDATE|ON CONFLICT … WHERE)\b/g, "…")),
        ),
      ].map((line) => `${file}: ${line.trim()}`);
    }),
  );
  const plain = inApp.filter(
    (file) => file !== "app/base/database.ts" && /\.query(<[^(]*>)?\(\s*["`]/.test(textOf(file)),
  );
  expect({ wrong, plain }).toEqual({ wrong: [], plain: [] });
});

/** What is in parentheses may be on one line. */
function flat(sql: string): string {
  const inner = sql.replace(/\([^()]*\)/g, "…");
  return inner === sql ? sql : flat(inner);
}

test("there are no drawers and no marks left behind", () => {
  const drawers = sources.filter((file) =>
    /(^|\/)(utils?|helpers?|common|misc|constants|types)(\.server)?(\.tsx?|\/)/.test(file),
  );
  const marks = sources.filter(
    (file) =>
      file !== "test/programs/house.test.ts" &&
      /\b(TODO|FIXME|XXX|HACK)\b|@ts-(ignore|nocheck)|\.(skip|only)\(|\bas any\b/.test(textOf(file)),
  );
  expect({ drawers, marks }).toEqual({ drawers: [], marks: [] });
});
