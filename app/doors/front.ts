// The one server of the web process: which door a request is for, how long it may take to come, and what is said to what is no HTTP.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { targetOf } from "./sound.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface Front {
  webhooks: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  pixel: Answer;
  rest: Answer;
  /** A fault of the webhooks' door itself. */
  failed: (error: unknown) => void;
}

const TIMES = {
  headersTimeout: 10_000,
  /** The whole of a request; each door has a limit of its own for its bodies. */
  requestTimeout: 40_000,
  connectionsCheckingInterval: 1_000,
  // Longer than the balancer in front keeps its connections: else it would send a webhook into one that closes.
  keepAliveTimeout: 75_000,
};

export function openFront({ webhooks, pixel, rest, failed }: Front): Server {
  const server = createServer(TIMES, (request, response) => {
    request.url = targetOf(request);
    if (request.url.startsWith("/pixel/")) return void pixel(request, response);
    if (!/^\/webhooks\/*(\?|$)/.test(request.url)) return void rest(request, response);
    webhooks(request, response).catch((error: unknown) => {
      failed(error);
      if (!response.headersSent) response.writeHead(500).end();
    });
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
    const [status, says] = SAID[error.code ?? ""] ?? ["400 Bad Request", "this is not a request that can be read"];
    socket.end(
      `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${says.length + 1}\r\n\r\n${says}\n`,
    );
  });
  return server;
}

const SAID: Record<string, [status: string, says: string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "the request did not arrive in time"],
  HPE_HEADER_OVERFLOW: ["431 Request Header Fields Too Large", "the headers are too long"],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ["413 Content Too Large", "the chunks say too much of themselves"],
};
