// npm run configure: your own app's client id and address go into shopify.app.toml, and all else in it stays.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { inProject } from "../../scripts/project.mjs";

const ID = "0123456789abcdef0123456789abcdef";
const was = readFileSync(inProject("shopify.app.toml"), "utf8");

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "configure-"));
  file = join(folder, "shopify.app.toml");
  writeFileSync(file, was);
});
afterEach(() => rmSync(folder, { recursive: true }));

function configure(...given: string[]) {
  const env = { ...process.env, SHOPIFY_APP_TOML: file };
  const { status, stdout, stderr } = spawnSync(process.execPath, [inProject("scripts/configure.mjs"), ...given], {
    ...{ env, encoding: "utf8" },
  });
  return { status, said: stdout, fault: stderr.trim() };
}
const now = () => readFileSync(file, "utf8");

test("three lines are written, comments and all else stay, and it can be done again", () => {
  const { status, said } = configure(ID, "https://app.my-shop.io/");
  expect(status).toBe(0);
  const lines = (text: string) => text.split("\n");
  const changed = lines(now()).filter((line, at) => line !== lines(was)[at]);
  expect(changed.map((line) => line.replace(/ #.*/, ""))).toEqual([
    `client_id = "${ID}"`,
    'application_url = "https://app.my-shop.io"',
    'redirect_urls = ["https://app.my-shop.io/auth/callback"]',
  ]);
  expect(now().match(/#/g)?.length).toBe(was.match(/#/g)?.length);
  for (const line of [
    `SHOPIFY_API_KEY=${ID}`,
    "SHOPIFY_APP_URL=https://app.my-shop.io",
    "SHOPIFY_API_SECRET=",
    "ENCRYPTION_KEY=",
  ])
    expect(said.split("\n")).toContain(line);
  const first = now();
  configure("f".repeat(32), "https://other.my-shop.io");
  configure(ID, "https://app.my-shop.io");
  expect(now()).toBe(first);
});

test.each([
  [[], "Say the app's client id"],
  [[ID], "Say the app's client id"],
  [[ID, "https://app.my-shop.io", "more"], "Say the app's client id"],
  [["shpss_0123456789abcdef0123456789abcdef", "https://app.my-shop.io"], "A client id has 32 characters"],
  [[`${ID.slice(1)}"`, "https://app.my-shop.io"], "A client id has 32 characters"],
  [[ID, "app.my-shop.io"], "must begin with https://"],
  [[ID, "http://app.my-shop.io"], "must begin with https://"],
  [[ID, "https://me:word@app.my-shop.io"], "must begin with https://"],
  [[ID, "https://app.my-shop.io/app?x=1"], "has no path: it is https://app.my-shop.io"],
  [[ID, "https://localhost:3000"], "a name that Shopify"],
  [[ID, "https://10.0.0.1"], "a name that Shopify"],
  [[ID, "https://switchyard.example.com"], "a name that Shopify"],
])("%j is refused in a sentence, and nothing is written", (given, says) => {
  const { status, fault } = configure(...given);
  expect(status).toBe(1);
  expect(fault).toContain(says);
  expect(fault.split("\n")).toHaveLength(1);
  expect(now()).toBe(was);
});

test("a file that has lost its lines is refused, and left as it is", () => {
  writeFileSync(file, 'name = "linked"\nclient_id = "x"\n');
  expect(configure(ID, "https://app.my-shop.io").fault).toContain('must have one line "application_url = …"');
  expect(now()).toBe('name = "linked"\nclient_id = "x"\n');
});
