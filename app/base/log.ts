// The log: our own faults and what the processes do; never a body, a header, a setting or anything of a person.
import { pino } from "pino";

export const log = pino({
  base: { pid: process.pid },
  level: process.env.LOG_LEVEL ?? "info",
  serializers: { err: describe },
  timestamp: pino.stdTimeFunctions.isoTime,
});

/** What a library prints by itself becomes a line of ours: nobody else's words stand there as they came. */
export function takeConsole(): void {
  for (const name of ["debug", "info", "log", "warn", "error"] as const) {
    const to = name === "log" ? "info" : name;
    console[name] = (first: unknown) => {
      if (first instanceof Error) log[to]({ err: first, from: "console" }, "a library reports");
      else log[to]({ from: "console" }, String(first).split("\n", 1)[0]?.slice(0, LONGEST));
    };
  }
}
const LONGEST = 500;

/** Of an error whose message may quote what it failed at: its name, its code and where, for who mends it. */
export function faultOf(error: unknown) {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code } = error as { code?: unknown };
  const stack = error.stack?.split("\n").filter((line) => /^\s+at /.test(line));
  return { name: error.name, ...(typeof code === "string" ? { code } : {}), stack: stack?.slice(0, 7).join("\n") };
}

/** An error with its causes, without the rows and values that a database error carries. */
function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as { code?: unknown };
  return {
    name: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    stack: error.stack?.split("\n").slice(1, 8).join("\n"),
    ...(error.cause === undefined ? {} : { cause: describe(error.cause) }),
  };
}
