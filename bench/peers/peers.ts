// The peers as a measurement uses them: each a process of its own, on a database with its own tables.
import { cpuOf, postmasterOf } from "../measure/cpu.ts";
import { type PeerDatabase, peerDatabase } from "../measure/databases.ts";
import { type OwnProcess, startOwn } from "../measure/own-process.ts";

export interface Peer {
  url: string;
  database: PeerDatabase;
  /** Microseconds until now, PostgreSQL's too. */
  cpu(): Record<string, number>;
  stop(): Promise<void>;
}

/** node:http and the signature; with `writes`, one durable INSERT each. */
export const startBare = (writes: boolean): Promise<Peer> =>
  start("tables.sql", ["../peers/bare.ts"], { WRITES: writes ? "yes" : "no" });

/** The app template's route; with `deliver`, the worker of the naive way beside it. */
export const startTemplate = (deliver?: { vendorsUrl: string; destinations: string[] }): Promise<Peer> =>
  start("template/tables.sql", ["../peers/template/server.ts", ...(deliver ? ["../peers/template/worker.ts"] : [])], {
    VENDORS_URL: deliver?.vendorsUrl ?? "",
    DESTINATIONS: deliver?.destinations.join(",") ?? "",
  });

async function start(tables: string, files: string[], env: Record<string, string>): Promise<Peer> {
  const database = await peerDatabase(tables);
  const programs: OwnProcess[] = [];
  for (const file of files)
    programs.push(await startOwn(file, [], { NODE_ENV: "production", DATABASE_URL: database.url, ...env }));
  const postmaster = await postmasterOf(database.db);
  const port = programs[0]?.said<{ port: number }>().port;
  return {
    url: `http://127.0.0.1:${port}`,
    database,
    cpu: () => {
      const [web, worker] = programs.map(({ pid }) => cpuOf(pid));
      return { web: web ?? 0, ...(worker === undefined ? {} : { worker }), postgres: cpuOf(postmaster) };
    },
    async stop() {
      await Promise.all(programs.map((program) => program.stop()));
      await database.drop();
    },
  };
}
