// A vendor's no to a look-up: how long it wants to be left alone, and whether its key may not read at all.
import { SaidNo } from "../../destinations/answer.ts";
import { retryAfter } from "../../destinations/waits.ts";

const noOf = (error: unknown) =>
  [error, error instanceof Error ? error.cause : null].find((one) => one instanceof SaidNo);

/** Milliseconds. */
export function retryAfterOf(error: unknown): number {
  const no = noOf(error);
  return (no && retryAfter(no.answer)) ?? 0;
}

/** The key may not read. Whoever wished that it is sent all the same does not wait until it may. */
export const mayNotRead = (error: unknown): boolean => [401, 403].includes(noOf(error)?.answer.status ?? 0);
