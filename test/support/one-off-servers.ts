// Servers that one test needs: each has a port of its own, and is gone when the test is over.
import type { Server } from "node:http";
import type { Server as TcpServer } from "node:net";
import { afterEach } from "vitest";

export const servers: (Server | TcpServer)[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    if ("closeAllConnections" in server) server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
});

/** @returns its address, once it listens. */
export async function open<Kind extends Server | TcpServer>(server: Kind): Promise<string> {
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
}
