// What is handed to Shopify: the app's configuration, and the extensions as files.
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import ts from "typescript";
import { expect, test } from "vitest";
import { topics } from "../../app/events/read.ts";

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), "utf8");

test("every topic that the app reads comes to the one door, the compliance topics too", async () => {
  const toml = await read("shopify.app.toml");
  expect(toml).toContain('api_version = "2026-10"');
  const subscribed = [...toml.matchAll(/^uri = "(.*)"\n(?:compliance_)?topics = \[([^\]]*)\]/gm)];
  expect(subscribed.map(([, uri]) => uri).filter((uri) => uri !== "/webhooks")).toEqual([]);
  const listed = subscribed.flatMap(([, , list = ""]) => [...list.matchAll(/"(.*?)"/g)].map(([, topic]) => topic));
  expect(new Set(listed).size).toBe(listed.length);
  expect(listed).toEqual(expect.arrayContaining([...topics, "app/uninstalled"]));
  expect(listed).toEqual(expect.arrayContaining(["customers/data_request", "customers/redact", "shop/redact"]));
});

test("every scope has its reason, and the pixel asks for no more than analytics", async () => {
  const toml = await read("shopify.app.toml");
  const scopes = /^scopes = "(.*)"$/m.exec(toml)?.[1]?.split(",") ?? [];
  expect(scopes).toContain("write_pixels");
  for (const scope of scopes) expect(toml).toMatch(new RegExp(`^# ${scope} +\\S+`, "m"));
  const pixel = await read("extensions/web-pixel/shopify.extension.toml");
  expect(pixel).toMatch(/^runtime_context = "strict"$/m);
  expect(pixel).toMatch(/^analytics = true\nmarketing = false\npreferences = false$/m);
  expect(pixel).toMatch(/^\[settings\.fields\.endpoint\]$/m);
  expect(pixel).toMatch(/^\[settings\.fields\.publicKey\]$/m);
});

test("the theme embed is one deferred script under 3 KB gzipped", async () => {
  expect(gzipSync(await read("extensions/theme-embed/assets/attribution.js"), { level: 9 }).length).toBeLessThan(3000);
  const [html = "", rest = ""] = (await read("extensions/theme-embed/blocks/attribution.liquid")).split("{% schema %}");
  expect(html).not.toContain("<script");
  const schema = JSON.parse(rest.replace("{% endschema %}", ""));
  const words = JSON.parse(await read("extensions/theme-embed/locales/en.default.schema.json"));
  expect(schema).toMatchObject({ name: "t:attribution.name", target: "body", javascript: "attribution.js" });
  expect(words.attribution.name.length).toBeLessThanOrEqual(25); // Shopify's limit for a block's name
});

test("the web pixel is typed against Shopify's package, and the project's type check includes it", async () => {
  const path = new URL("../../tsconfig.json", import.meta.url).pathname;
  const config = ts.parseJsonConfigFileContent(
    ts.readConfigFile(path, ts.sys.readFile).config,
    ts.sys,
    new URL("../..", import.meta.url).pathname,
  );
  const own = config.fileNames.filter((name) => name.includes("/extensions/web-pixel/"));
  expect(own.map((name) => name.replace(/.*extensions/, ""))).toEqual([
    "/web-pixel/src/facts.ts",
    "/web-pixel/src/index.ts",
  ]);
  const found = ts.getPreEmitDiagnostics(ts.createProgram(own, config.options));
  expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "))).toEqual([]);
});
