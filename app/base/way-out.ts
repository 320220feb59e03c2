// The way to a host: a connection of its own for each request, of which is known whether one byte of the request left.
import type { LookupFunction, Socket } from "node:net";
import { buildConnector, Client, fetch as fetchBy } from "undici";

/** Not one byte of the request left: no address, no connection, no secure one, or it was given up before. */
export class NothingLeft extends TypeError {}

/** Well below a request's own time-out, so that a silent host is told apart from a lost answer. */
const CONNECT_TIMEOUT = 5_000;

/**
 * A connection is not used twice: one that the other side closes at the moment of the next request would leave that one in doubt.
 * @param lookup in place of the system's: it may refuse an address.
 * @returns a fetch for one origin at a time: what follows a redirect must not be asked of it. It throws NothingLeft, or what broke after a byte had left.
 */
export function openWayOut({ lookup }: { lookup?: LookupFunction } = {}): typeof fetch {
  const connect = buildConnector({ timeout: CONNECT_TIMEOUT, ...(lookup ? { lookup } : {}) });
  const go = async (input: string | URL, init?: RequestInit) => {
    let made: Socket | null = null;
    let before = 0;
    const connectKnowing: buildConnector.connector = (to, done) =>
      connect(to, (...came) => {
        made = came[1] ?? null;
        before = made?.bytesWritten ?? 0; // of the handshake
        done(...came);
      });
    const left = () => made !== null && made.bytesWritten > before;
    let client: Client | undefined;
    try {
      client = new Client(new URL(input).origin, { pipelining: 0, connect: connectKnowing });
      const response = await fetchBy(input, { ...(init as object), dispatcher: client });
      void client.close(); // when its body has been read
      return response;
    } catch (cause) {
      void client?.destroy();
      if (left()) throw cause;
      // As fetch tells it: the cause is what broke.
      const broke = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
      throw new NothingLeft("no byte of the request left", { cause: broke });
    }
  };
  return go as unknown as typeof fetch;
}
