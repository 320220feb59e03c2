// docs/endpoints.md, held to the code: what it names is there and does what it says, and no call is missing from it.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SLUGS, startVendors, type Vendors } from "../../sandbox/vendors.ts";
import { destinationOf } from "../support/destination-of.ts";
import { endpointTable, type Row, type Section } from "../support/endpoint-table.ts";
import { WALK } from "../support/shopimind-walk.ts";

const root = join(import.meta.dirname, "../..");
const modules = import.meta.glob<Record<string, unknown>>("../../app/destinations/*/*.ts");
const sections = endpointTable();
const textOf = (path: string) => readFileSync(join(root, path), "utf8");
const folderOf = ({ slug }: Section) => `app/destinations/${slug}`;
const filesOf = (section: Section) =>
  readdirSync(join(root, folderOf(section))).filter((file) => !file.includes("example"));

async function functionsIn(section: Section, file: string): Promise<string[]> {
  const exported = (await modules[`../../${folderOf(section)}/${file}`]?.()) ?? {};
  return Object.keys(exported).filter((name) => typeof exported[name] === "function");
}
const called = (call: string) => new RegExp(`\\b${call}\\(`);

let vendors: Vendors;
beforeAll(async () => {
  vendors = await startVendors({ budgets: false });
});
afterAll(() => vendors.stop());

test("there is a table for each vendor that the sandbox has, and every line of it can be read", () => {
  expect(sections.map(({ slug }) => slug).sort()).toEqual([...SLUGS].sort());
  expect(sections.flatMap(({ unread }) => unread)).toEqual([]);
  const uses = ["lane", "prepare", "look-up", "check", "mend", "report", "forget"];
  const others = (row: Row) => row.uses.filter((use) => !uses.includes(use) && row.uses.join() !== "its test only");
  expect(sections.flatMap(({ rows }) => rows.flatMap(others))).toEqual([]);
});

test("the list of ShopiMind's endpoints is that of the calls its test makes", () => {
  const listed = sections.find(({ slug }) => slug === "shopimind")?.rows ?? [];
  const walked = WALK.map(({ endpoint }) => endpoint);
  expect(listed.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(walked.sort());
});

for (const section of sections) {
  test(`${section.name}: every function that the table names is exported by the file it names`, async () => {
    const missing = [];
    for (const { calls, file } of section.rows) {
      const there = await functionsIn(section, file);
      if (calls.length === 0) missing.push(`no call in ${file}`);
      missing.push(...calls.filter((call) => !there.includes(call)).map((call) => `${call} (${file})`));
    }
    expect(missing).toEqual([]);
  });

  test(`${section.name}: every exported function of a file that makes calls is in the table`, async () => {
    const calling = filesOf(section).filter((file) => /\bhttp\(\{/.test(textOf(`${folderOf(section)}/${file}`)));
    expect(calling.length).toBeGreaterThan(0);
    const missing = [];
    for (const file of calling) {
      const listed = section.rows.filter((row) => row.file === file).flatMap(({ calls }) => calls);
      const there = await functionsIn(section, file);
      missing.push(...there.filter((call) => !listed.includes(call)).map((call) => `${call} (${file})`));
    }
    expect(missing).toEqual([]);
  });

  test(`${section.name}: a call has a use if the app makes it outside its file, and none if only its test does`, () => {
    const wrong = section.rows.flatMap(({ calls: [call = ""], file }) => {
      const others = filesOf(section).filter((other) => other !== file);
      const inApp = others.some((other) => called(call).test(textOf(`${folderOf(section)}/${other}`)));
      const said = section.rows.some(({ calls, uses }) => calls[0] === call && uses[0] !== "its test only");
      return inApp === said ? [] : [`${call} (${file})`];
    });
    expect(wrong).toEqual([]);
  });

  test(`${section.name}: every call is made by the test that the table names, at the sandbox's vendor`, () => {
    expect(existsSync(join(root, section.test)), section.test).toBe(true);
    const walk = ["test/support/shopimind-walk.ts", "test/support/shopimind-walk-others.ts"];
    const text = [section.test, ...(section.slug === "shopimind" ? walk : [])].map(textOf).join("\n");
    expect(text).toContain("startVendors(");
    const calls = section.rows.flatMap(({ calls }) => calls);
    expect(calls.filter((call) => !new RegExp(`\\.${call}\\b`).test(text))).toEqual([]);
  });

  test(`${section.name}: the vendor in the sandbox has every endpoint of the table`, async () => {
    const nowhere = await ask(section, "GET", "/no/such/path");
    const unknown = [];
    for (const { method, path } of section.rows) {
      if ((await ask(section, method, path)) === nowhere) unknown.push(`${method} ${path}`);
    }
    // Where nothing is known under an id, ShopiMind says the same as of a path that it does not have; its own test asks with known ones.
    expect(unknown.filter((endpoint) => section.slug !== "shopimind" || !endpoint.includes("{"))).toEqual([]);
  });
}

const SETTINGS: Record<string, Record<string, string>> = {
  shopipixel: { apiKey: "sp_sandbox" },
  alana: { apiKey: "ak_sandbox" },
  prisjakt: { clientId: "sandbox-client" },
  tolinku: { apiKey: "tolk_sec_sandbox" },
  shopimind: { apiKey: "sandbox-shopimind-key-0001" },
};

async function ask({ slug }: Section, method: string, path: string): Promise<string> {
  const headers = { "client-secret": "sandbox-client-secret", ...destinationOf(slug)?.headers(SETTINGS[slug] ?? {}) };
  const filled = path.replaceAll(/\{\w+\}/g, "123456");
  const answer = await fetch(`${vendors.url}/${slug}${filled}`, { method, headers });
  return `${answer.status} ${await answer.text()}`;
}
