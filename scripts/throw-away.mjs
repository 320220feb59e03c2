// A PostgreSQL for one test or bench run, in a temporary folder; it goes when the run is over.
import { chmodSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCluster } from "./postgres.mjs";

/** @param work is given the cluster. A signal ends the run's programs, not this one: it has to clear away. */
export async function withThrowAwayCluster({ lasting }, work) {
  const folder = mkdtempSync(join(tmpdir(), "switchyard-run-"));
  // PostgreSQL may run as another user, and shall find its folder in there.
  chmodSync(folder, 0o711);
  const patient = () => {};
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, patient);
  let cluster;
  try {
    cluster = await openCluster(join(folder, "postgres"), { lasting });
    return await work(cluster);
  } finally {
    await cluster?.stop();
    rmSync(realpathSync(join(folder, "postgres")), { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
    for (const signal of ["SIGINT", "SIGTERM"]) process.off(signal, patient);
  }
}
