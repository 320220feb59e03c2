// Before the first test: Chromium is unpacked and can be started, so that no two test files unpack it at once.
import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import chromium from "@sparticuz/chromium";

const run = promisify(execFile);

/** Another run of the tests may be unpacking it into the same place just now: the half of it cannot be started. */
export async function setup(): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await run(await chromium.executablePath(), ["--version"]);
      return;
    } catch (error) {
      if (tries === 40) throw error;
      await sleep(500);
    }
  }
}
