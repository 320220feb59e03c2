// The tests; a config of its own, because vite.config.ts is Remix's.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "node",
    globalSetup: "test/support/chromium.ts",
    setupFiles: "test/support/quiet.ts",
    include: ["test/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 3,
    // As long as a machine may take whose cores are busy with something else; a test that waits for a condition ends when it is there.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
