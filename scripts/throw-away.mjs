// A PostgreSQL for one test or bench run, in a temporary folder; it goes when the run is over.
import { chmodSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, statfsSync } from "node:fs";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive } from "./lock.mjs";
import { openCluster } from "./postgres.mjs";

/** @param options.change as openCluster's. @param work is given the cluster. A signal ends the run's programs, not this one: it has to clear away. */
export async function withThrowAwayCluster({ lasting, change = {} }, work) {
  await clearKilledRuns();
  const folder = mkdtempSync(join(lasting ? tmpdir() : hastyPlace(), `switchyard-run-${process.pid}-`));
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

const MEMORY = "/dev/shm";
const ENOUGH = 6 * 2 ** 30;

/** In memory where there is much of it: a test's own database is some 600 files, which a disk's file system makes twenty times slower. */
function hastyPlace() {
  if (!existsSync(MEMORY) || freemem() < ENOUGH) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize < ENOUGH ? tmpdir() : MEMORY;
}

/** A run that was killed could not clear away; its process id is in the folder's name. */
async function clearKilledRuns() {
  for (const place of [tmpdir(), MEMORY].filter(existsSync))
    for (const name of readdirSync(place)) {
      const [, pid] = /^switchyard-run-(\d+)-/.exec(name) ?? [];
      if (pid && !isAlive(Number(pid))) await clear(join(place, name));
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
