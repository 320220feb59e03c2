// A PostgreSQL for one test or bench run, in a temporary folder; it goes when the run is over.
import { chmodSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive } from "./lock.mjs";
import { openCluster } from "./postgres.mjs";

/** @param options.change as openCluster's. @param work is given the cluster. A signal ends the run's programs, not this one: it has to clear away. */
export async function withThrowAwayCluster({ lasting, change = {} }, work) {
  await clearKilledRuns();
  const folder = mkdtempSync(join(tmpdir(), `switchyard-run-${process.pid}-`));
  // PostgreSQL may run as another user, and shall find its folder in there.
  chmodSync(folder, 0o711);
  const patient = () => {};
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, patient);
  try {
    return await work(await openCluster(join(folder, "postgres"), { lasting, change }));
  } finally {
    await clear(folder);
    for (const signal of ["SIGINT", "SIGTERM"]) process.off(signal, patient);
  }
}

/** A run that was killed could not clear away; its process id is in the folder's name. */
async function clearKilledRuns() {
  for (const name of readdirSync(tmpdir())) {
    const [, pid] = /^switchyard-run-(\d+)-/.exec(name) ?? [];
    if (pid && !isAlive(Number(pid))) await clear(join(tmpdir(), name));
  }
}

async function clear(folder) {
  const postgres = join(folder, "postgres");
  if (existsSync(postgres)) {
    await (await openCluster(postgres, { lasting: false })).stop();
    rmSync(realpathSync(postgres), { recursive: true, force: true });
  }
  rmSync(folder, { recursive: true, force: true });
}
