// Bulk operations: run one after the other's start, by the stand-in's clock, with a file of lines at the end, or half of one.

import { jsonLines } from "./bulk-lines.ts";
import { connectionsIn } from "./bulk-rules.ts";
import type { World } from "./house.ts";

const AT_ONCE = 5;
const FILE_LIVES = 7 * 24 * 3_600_000;

/** What becomes of the operations that are started from now on. */
export interface BulkFate {
  /** Milliseconds until it ends. */
  takes: number;
  ends: "COMPLETED" | "FAILED" | "CANCELED" | "EXPIRED";
  errorCode: "TIMEOUT" | "INTERNAL_SERVER_ERROR" | "ACCESS_DENIED" | null;
  /** So many lines are in its file; of a failed one they are partial data. null: all. */
  lines: number | null;
  /** The file breaks off in its last line. */
  truncated: boolean;
  /** The file's address is over before it is asked for. */
  expired: boolean;
  /** The webhook that tells of the end is lost. */
  silent: boolean;
}
const WELL: BulkFate = {
  ...{ takes: 1_000, ends: "COMPLETED", errorCode: null, lines: null },
  ...{ truncated: false, expired: false, silent: false },
};
interface Operation {
  id: string;
  query: string;
  started: number;
  fate: BulkFate;
  text: string;
  objects: number;
  /** Its file is there. */
  made: boolean;
  canceled: boolean;
  told: boolean;
}
/** Answers the inner question whole. @returns what a server would answer. */
export type RunWhole = (query: string) => {
  data?: unknown;
  errors?: readonly { message: string; extensions?: { code?: unknown } }[];
};
export type Bulk = ReturnType<typeof openBulk>;

export function openBulk(world: World, run: RunWhole) {
  const all = new Map<string, Operation>();
  let fate = WELL;
  const stateOf = (one: Operation): string => {
    if (one.canceled) return "CANCELED";
    const passed = world.now() - one.started;
    if (one.made && passed >= one.fate.takes) return one.fate.ends;
    return passed === 0 ? "CREATED" : "RUNNING";
  };
  const isOver = (one: Operation) => !["CREATED", "RUNNING"].includes(stateOf(one));
  function viewOf(one: Operation) {
    const [status, over] = [stateOf(one), isOver(one)];
    const url = over && one.text !== "" ? `https://${world.shop}/bulk/${one.id.split("/").at(-1)}.jsonl` : null;
    const ended = over ? iso(one.started + one.fate.takes) : null;
    return {
      ...{ __typename: "BulkOperation", id: one.id, status, type: "QUERY", query: one.query },
      ...{ errorCode: status === "FAILED" ? (one.fate.errorCode ?? "INTERNAL_SERVER_ERROR") : null },
      ...{ createdAt: iso(one.started), completedAt: ended, partialDataUrl: status === "COMPLETED" ? null : url },
      ...{ url: status === "COMPLETED" ? url : null, fileSize: over ? String(Buffer.byteLength(one.text)) : null },
      ...{ objectCount: String(over ? one.objects : 0), rootObjectCount: String(over ? one.objects : 0) },
    };
  }
  function make(one: Operation): void {
    const { data, errors } = run(one.query);
    const refused = errors?.[0]?.extensions?.code === "ACCESS_DENIED";
    const lines = errors ? [] : jsonLines(data).slice(0, one.fate.lines ?? undefined);
    const whole = lines.map((line) => `${line}\n`).join("");
    const half = Math.ceil((lines.at(-1)?.length ?? 0) / 2) + 1;
    if (errors)
      one.fate = { ...one.fate, ends: "FAILED", errorCode: refused ? "ACCESS_DENIED" : "INTERNAL_SERVER_ERROR" };
    one.text = one.fate.truncated ? whole.slice(0, -half) : whole;
    Object.assign(one, { objects: lines.length, made: true });
  }
  function start(query: string) {
    const fault = connectionsIn(query);
    if (fault) return { bulkOperation: null, userErrors: [{ code: "INVALID", field: ["query"], message: fault }] };
    if ([...all.values()].filter((one) => !isOver(one)).length >= AT_ONCE) {
      const message = `A bulk query operation for this app and shop is already in progress: at most ${AT_ONCE} run at once.`;
      return { bulkOperation: null, userErrors: [{ code: "OPERATION_IN_PROGRESS", field: null, message }] };
    }
    const one: Operation = {
      ...{ id: `gid://shopify/BulkOperation/${world.now() * 100 + all.size}`, query, started: world.now(), fate },
      ...{ text: "", objects: 0, made: false, canceled: false, told: false },
    };
    // Whoever asks does not wait for the file: thousands of orders take seconds.
    setImmediate(() => make(one));
    all.set(one.id, one);
    return { bulkOperation: viewOf(one), userErrors: [] };
  }
  return {
    setFate(next: Partial<BulkFate>) {
      fate = { ...WELL, ...next };
    },
    /** Tells of those that have ended since; the server looks now and then. */
    tellEnds() {
      for (const one of all.values()) {
        if (one.told || !isOver(one)) continue;
        one.told = true;
        const { id, status, createdAt, completedAt, errorCode } = viewOf(one);
        const said = { status: status.toLowerCase(), error_code: errorCode?.toLowerCase() ?? null, type: "query" };
        const times = { created_at: createdAt, completed_at: completedAt };
        if (!one.fate.silent) world.tell("bulk_operations/finish", { admin_graphql_api_id: id, ...said, ...times });
      }
    },
    /** @returns null where there is none of this name. */
    file(name: string): Response | null {
      const one = [...all.values()].find(({ id }) => id.endsWith(`/${name}`));
      if (!one || !isOver(one)) return null;
      const late = world.now() > one.started + FILE_LIVES;
      if (one.fate.expired || late) return new Response("<Error><Code>ExpiredToken</Code></Error>", { status: 400 });
      return new Response(one.text, { headers: { "content-type": "application/jsonl" } });
    },
    root: {
      bulkOperationRunQuery: ({ query }: { query: string }) => start(query),
      bulkOperation: ({ id }: { id: string }) => (all.has(id) ? viewOf(all.get(id) as Operation) : null),
      bulkOperationCancel({ id }: { id: string }) {
        const one = all.get(id);
        if (!one || isOver(one))
          return {
            bulkOperation: one ? viewOf(one) : null,
            userErrors: [{ field: ["id"], message: "It cannot be canceled." }],
          };
        one.canceled = true;
        return { bulkOperation: viewOf(one), userErrors: [] };
      },
    },
  };
}

const iso = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
