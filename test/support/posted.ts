// A server in the place of an address that a merchant gave: it keeps what is posted, and answers as a test likes.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Posted {
  /** The bodies. */
  posted: Record<string, unknown>[];
  status: number;
  /** As fetch, but what is for `origin` comes here. */
  fetch: typeof fetch;
  close(): void;
}

/** @param origin "https://alerts.example.com/" */
export async function openPosted(origin: string): Promise<Posted> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    there.posted.push(JSON.parse(Buffer.concat(chunks).toString()));
    response.writeHead(there.status, { location: "/elsewhere" }).end();
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const there: Posted = {
    posted: [],
    status: 204,
    fetch: (url, init) => fetch(String(url).replace(origin, own), init),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return there;
}
