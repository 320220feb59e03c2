// What Shopify's bundler makes of the web pixel: it imports the extension for its effects alone, and must not drop it. In a browser it tells of a page view.
import { build } from "esbuild";
import { expect, test } from "vitest";
import { root } from "../../scripts/project.mjs";
import { postsOfPageView } from "../support/page-view.ts";

test("the web pixel is in its bundle although nothing of it is named there, and a page view arrives from it", async () => {
  const { outputFiles } = await build({
    stdin: { contents: 'import "./extensions/web-pixel/src/index.ts";', resolveDir: root },
    ...{ bundle: true, write: false, minify: true, treeShaking: true, format: "iife", logLevel: "silent" },
  });
  const text = outputFiles[0]?.text ?? "";
  expect(text.length).toBeGreaterThan(1_000);
  expect(text).toContain("checkout_completed");
  expect(await postsOfPageView(text)).toBe(1);
});
