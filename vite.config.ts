// Builds the embedded pages: build/client for the browser, build/server for the handler that the web entry calls.
import { fileURLToPath } from "node:url";
import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";

declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: false;
  }
}

const APP = fileURLToPath(new URL("app", import.meta.url));
// Node runs these by itself. Left out of the bundle, the pages and the web entry share one copy of each (one class per error, one pool).
const RUN_AS_THEY_ARE = /\/app\/(base|doors|programs|delivery|destinations|events|shopify)\/.*\.ts$/;

/** A file of the catalogue is called by its language and area: the server tells the browser of those that it will want. */
function chunkFileNames({ facadeModuleId }: { facadeModuleId: string | null }): string {
  const id = facadeModuleId ?? "";
  const [, language, area] = /\/pages\/texts\/([^/]+)\/([^/]+)\.json$/.exec(id) ?? [];
  const [, polaris] = /\/polaris\/locales\/([^/]+)\.json$/.exec(id) ?? [];
  if (language) return `assets/${language}-${area}-[hash].js`;
  if (polaris) return `assets/${polaris}-polaris-[hash].js`;
  return id.endsWith("/pages/texts/reasons.ts") ? "assets/en-reasons-[hash].js" : "assets/[name]-[hash].js";
}

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [
    remix({
      ignoredRouteFiles: ["**/.*"],
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_lazyRouteDiscovery: true,
        // authenticate.admin answers with headers that single fetch drops (Shopify/shopify-app-template-remix#897).
        v3_singleFetch: false,
      },
    }),
  ],
  // The catalogue: each text by a name of its own would be half as heavy again.
  json: { namedExports: false },
  build: {
    assetsInlineLimit: 0,
    rollupOptions: isSsrBuild
      ? {
          external: (id) => RUN_AS_THEY_ARE.test(id),
          makeAbsoluteExternalsRelative: false,
          output: { paths: (id) => id.replace(APP, "../../app") }, // seen from build/server
        }
      : { output: { chunkFileNames } },
  },
}));
