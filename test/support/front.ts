// Something in front of the vendors, such as a firewall: it answers in their place, or lets a request through.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  method: string;
  path: string;
  body: string;
}
export interface Front {
  url: string;
  /** What it was asked. */
  asked: Asked[];
  close(): Promise<void>;
}

/** @param answer true: it has answered; else the vendor is asked. */
export async function openFront(
  target: string,
  answer: (asked: Asked, response: ServerResponse) => boolean,
): Promise<Front> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const one = { method: request.method ?? "", path: request.url ?? "", body };
    asked.push(one);
    if (!answer(one, response)) await passOn(target, one, request.headers, response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const OF_ONE_CONNECTION = [
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "content-encoding",
  "keep-alive",
];

async function passOn(target: string, { method, path, body }: Asked, heard: IncomingHttpHeaders, out: ServerResponse) {
  const headers = Object.entries(heard).filter(([name]) => !OF_ONE_CONNECTION.includes(name)) as [string, string][];
  const answer = await fetch(target + path, { method, headers, ...(body ? { body } : {}) });
  const kept = [...answer.headers].filter(([name]) => !OF_ONE_CONNECTION.includes(name));
  out.writeHead(answer.status, Object.fromEntries(kept)).end(Buffer.from(await answer.arrayBuffer()));
}
