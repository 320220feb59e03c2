// What Shopify's own command line makes of the app: both extensions are built, the theme embed passes its check, and the configuration its rules.
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { inProject } from "../../scripts/project.mjs";
import { postsOfPageView } from "../support/page-view.ts";

/** The folder in which @shopify/cli is installed; it is no dependency, for it is larger than the rest of them. */
const installed = process.env.SHOPIFY_CLI ?? "";
const program = join(installed, "node_modules", "@shopify", "cli", "bin", "run.js");
const hasCli = installed !== "" && existsSync(program);
const ifHere = test.skipIf(!hasCli);
const WHERE = hasCli ? "" : " (not tried: SHOPIFY_CLI names no folder with @shopify/cli)";

let app: string;
beforeEach(() => {
  app = mkdtempSync(join(tmpdir(), "shopify-app-"));
  for (const name of ["shopify.app.toml", "shopify.web.toml", "package.json", "tsconfig.json", "extensions"])
    cpSync(inProject(name), join(app, name), { recursive: true });
  symlinkSync(inProject("node_modules"), join(app, "node_modules"));
});
afterEach(() => rmSync(app, { recursive: true }));

/** All that it says, in one line. */
async function shopify(...given: string[]): Promise<string> {
  const quiet = {
    CI: "1",
    NO_COLOR: "1",
    FORCE_COLOR: "0",
    SHOPIFY_CLI_NO_ANALYTICS: "1",
    SHOPIFY_APP_TOML: `${app}/shopify.app.toml`,
  };
  const run = (file: string, more: string[]) =>
    promisify(execFile)(process.execPath, [file, ...more], { env: { ...process.env, ...quiet } });
  await run(inProject("scripts/configure.mjs"), ["0123456789abcdef0123456789abcdef", "https://app.my-shop.io"]);
  const said = await run(program, given).catch((error: { stdout: string; stderr: string }) => error);
  return `${said.stdout}${said.stderr}`.replace(/[│╭╮╰╯─\s]+/g, " ");
}
const build = () => shopify("app", "build", "--path", app, "--skip-dependencies-installation");

ifHere(
  `both extensions are built, and a page view arrives from the pixel that came of it${WHERE}`,
  { timeout: 120_000 },
  async () => {
    expect(await build()).toContain("Switchyard built!");
    const pixel = readFileSync(join(app, "extensions/web-pixel/dist/switchyard-pixel.js"), "utf8");
    expect(pixel.length).toBeGreaterThan(1_000);
    expect(await postsOfPageView(pixel)).toBe(1);
  },
);

ifHere(`the theme embed passes theme check${WHERE}`, { timeout: 120_000 }, async () => {
  const said = await shopify(
    "theme",
    "check",
    "--path",
    join(app, "extensions/theme-embed"),
    "-C",
    "theme-check:theme-app-extension",
  );
  expect(said).toContain("2 files inspected with no offenses found");
});

ifHere(
  `the configuration is held against the command line's own rules, which name a wrong line${WHERE}`,
  { timeout: 120_000 },
  async () => {
    const file = join(app, "shopify.app.toml");
    writeFileSync(file, readFileSync(file, "utf8").replace("api_version", "api_versions"));
    expect(await build()).toContain("[webhooks.api_version]");
  },
);
