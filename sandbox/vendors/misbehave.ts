// The ways in which a vendor can be made to fail.
import type { ServerResponse } from "node:http";
import type { Reply } from "./vendor.ts";

/** What each does, in the words of the sandbox's page. */
export const MODES = {
  down: "Cuts every connection before it reads",
  slow: "Answers after three seconds",
  hang: "Takes the request and never answers",
  "500": "Answers 500",
  "429": "Answers 429, come back in two seconds",
  "401": "Does not know the key any more",
  "422": "Says no to what it is sent",
  lost: "Does the work, and the answer is lost",
  nonsense: "Answers 200 with a web page, and does nothing",
  truncated: "Does the work, and the answer breaks off",
} as const;
export type Mode = keyof typeof MODES;
export const isMode = (text: unknown): text is Mode => typeof text === "string" && Object.hasOwn(MODES, text);

const SLOW = 3000;
type Send = (response: ServerResponse, reply: Reply) => void;
export type Misbehaviour = ReturnType<typeof misbehaving>;

export function misbehaving() {
  let mode: Mode | null = null;
  let left = Number.POSITIVE_INFINITY;
  return {
    now: () => mode,
    set(next: Mode | null, times = Number.POSITIVE_INFINITY) {
      mode = next;
      left = times;
    },
    /** What the next request meets. */
    next(): Mode | null {
      const met = mode;
      if (met && --left <= 0) mode = null;
      return met;
    },
    act,
  };
}

async function act(mode: Mode, work: () => Reply, response: ServerResponse, send: Send): Promise<void> {
  switch (mode) {
    case "down":
      response.destroy();
      return;
    case "hang":
      return;
    case "slow":
      return later(work(), response, send);
    case "500":
      return send(response, { status: 500, json: { error: "Internal server error" } });
    case "429":
      return send(response, { status: 429, json: { error: "Too many requests" }, headers: { "retry-after": "2" } });
    case "401":
      return send(response, { status: 401, json: { error: "unauthorized" } });
    case "422":
      return send(response, { status: 422, json: { error: "The address is not known" } });
    case "lost":
      work();
      response.destroy();
      return;
    case "nonsense":
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Welcome</title><p>Hello.");
      return;
    case "truncated":
      return truncate(work(), response);
  }
}

async function later(reply: Reply, response: ServerResponse, send: Send): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, SLOW).unref());
  if (!response.destroyed) send(response, reply);
}

function truncate(reply: Reply, response: ServerResponse): void {
  const text = Buffer.from(
    JSON.stringify(reply.json ?? { ok: true }, (_name, value) => (typeof value === "bigint" ? String(value) : value)),
  );
  response.writeHead(reply.status, { "content-type": "application/json", "content-length": text.length });
  response.write(text.subarray(0, Math.ceil(text.length / 2)), () => response.destroy());
}
