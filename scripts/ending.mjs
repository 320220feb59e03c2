// How a start is asked to end: Ctrl-C, SIGTERM, or that the npm which runs it is gone.

/** A terminal's Ctrl-C comes twice: from the terminal, and passed on by npm. */
const SAME_PRESS = 1_000;

/**
 * Until `defer()` is called an end is at once; from then on it is asked for.
 * @returns `asked` and `hurried`, abort signals: the second is a second Ctrl-C.
 */
export function openEnding() {
  const asked = new AbortController();
  const hurried = new AbortController();
  let deferred = false;
  let first = 0;
  const ask = () => {
    if (!deferred) process.exit(130);
    if (asked.signal.aborted && Date.now() - first > SAME_PRESS) hurried.abort();
    first ||= Date.now();
    asked.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, ask);
  if (process.env.npm_lifecycle_event) {
    const npm = process.ppid;
    const looking = setInterval(() => {
      if (process.ppid === npm) return;
      clearInterval(looking);
      ask();
    }, 500);
    looking.unref();
  }
  return {
    asked: asked.signal,
    hurried: hurried.signal,
    defer() {
      deferred = true;
    },
  };
}
