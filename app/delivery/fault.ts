// Tells a fault that lies in what was to be written from one of the database as such.

/** A fault of the database as such (away, out of room, a deadlock) is no fault of a webhook: it may be tried again as it is. */
export function isAboutTheContent(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (/^(22|23|54)/.test(code)) return true;
  return code === "" && (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError);
}
