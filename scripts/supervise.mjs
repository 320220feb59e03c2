// Keeps a program running: one that dies is started again, at once the first time, then after a growing pause.
import { once } from "node:events";
import { say } from "./project.mjs";

const LONGEST_PAUSE = 5_000;
const HEALTHY_AFTER = 60_000;
const PATIENCE = 15_000;

/**
 * @param start starts the program and returns the child process.
 * @returns `stop(hurried)`: SIGTERM, and SIGKILL after 15 s or as soon as `hurried` aborts.
 */
export function keepRunning(name, start) {
  const state = { child: null, timer: null, stopping: false, deaths: 0 };
  const run = () => {
    const began = Date.now();
    state.child = start();
    const again = (how) => {
      state.child = null;
      if (state.stopping) return;
      if (Date.now() - began > HEALTHY_AFTER) state.deaths = 0;
      const pause = state.deaths === 0 ? 0 : Math.min(250 * 2 ** state.deaths, LONGEST_PAUSE);
      state.deaths += 1;
      say(`${name} has ended (${how}): starting it again${pause ? ` in ${pause / 1000} s` : ""}`);
      state.timer = setTimeout(run, pause);
    };
    state.child.once("exit", (code, signal) => again(signal ?? `code ${code}`));
    state.child.once("error", (error) => state.child?.pid === undefined && again(error.message));
  };
  run();
  return {
    async stop(hurried) {
      state.stopping = true;
      clearTimeout(state.timer);
      if (state.child) await end(state.child, hurried);
    },
  };
}

/** Ends one child process, in peace if it can. */
export async function end(child, hurried) {
  const ended = once(child, "exit");
  const kill = () => child.kill("SIGKILL");
  const timer = setTimeout(kill, PATIENCE);
  if (hurried.aborted) kill();
  else child.kill("SIGTERM");
  hurried.addEventListener("abort", kill);
  await ended;
  clearTimeout(timer);
  hurried.removeEventListener("abort", kill);
}
