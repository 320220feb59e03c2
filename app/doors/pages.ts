// Everything that is no door of its own: hands what is sound and small enough to the pages' process, and its answer back.
import { Agent, request as ask, type IncomingMessage, type ServerResponse } from "node:http";
import { timer } from "../base/timer.ts";
import { bodyOf, dropTheRest, mustFit, Refusal } from "./body.ts";
import { openGate } from "./gate.ts";
import { handOn } from "./memory.ts";
import { mustBeSound } from "./sound.ts";
import { openTurns } from "./turns.ts";

export interface PagesDoor {
  /** Where the pages' process listens; null where there is none for long. */
  socket: () => Promise<string | null>;
  /** The app's own. */
  origin: string;
  failed: (error: unknown) => void;
}

const LIMIT = { largest: 1024 * 1024, says: "a form has at most 1 MB", within: 30_000 };
const MOST_IN_FLIGHT = 32 * 1024 * 1024;
/** Longer than any page waits for a vendor or for Shopify. */
const PATIENCE = 60_000;
const MOST_AT_ONCE = 256;
// Their process is one thread: several at a time would only keep more of the database busy.
const TURNS = { most: 1, longest: 100, timer };
/**
 * Of one connection only, or of another reading of the address: Remix takes a port from X-Forwarded-Host without looking at it,
 * and fails where Origin is another than Host, which is looked at here.
 */
const NOT_PASSED_ON =
  /^(connection|keep-alive|transfer-encoding|content-length|expect|te|trailer|upgrade|proxy-.*|x-forwarded-host|origin)$/i;

export function openPagesDoor(door: PagesDoor): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const gate = openGate(MOST_IN_FLIGHT);
  const agent = new Agent({ keepAlive: true });
  const turn = openTurns(TURNS);
  let underWay = 0;

  return async (request, response) => {
    const hold = gate.open();
    underWay += 1;
    try {
      mustFit(request, LIMIT);
      mustBeSound(request, door.origin);
      if (underWay > MOST_AT_ONCE)
        throw new Refusal(503, "too many pages are asked for at once; try again in a moment");
      // Whose length is told goes on as it comes: to collect it here would take more of the processor than all else that is done to it.
      const body = request.headers["transfer-encoding"] ? await bodyOf(request, LIMIT, hold) : request;
      const socketPath = await door.socket();
      if (!socketPath) throw new Refusal(502, "the pages are being started; try again in a moment");
      const end = await turn();
      await passOn(request, response, { agent, socketPath, body }).finally(end);
    } catch (error) {
      if (!(error instanceof Refusal)) door.failed(error);
      answer(
        response,
        error instanceof Refusal ? error : new Refusal(502, "the pages did not answer; try again in a moment"),
      );
      dropTheRest(request);
    } finally {
      hold.release();
      underWay -= 1;
    }
  };
}

interface Way {
  agent: Agent;
  socketPath: string;
  body: Buffer | IncomingMessage;
}

/** @returns once the answer is sent, or nobody waits for it any more. @throws where the pages broke off before they answered */
function passOn(request: IncomingMessage, response: ServerResponse, { agent, socketPath, body }: Way): Promise<void> {
  const { method, url: path, rawHeaders } = request;
  return new Promise((resolve, reject) => {
    const length = Buffer.isBuffer(body) ? String(body.length) : (body.headers["content-length"] ?? "0");
    const headers = passed(rawHeaders).concat("Content-Length", length);
    const asked = ask({ agent, socketPath, method, path, headers, timeout: PATIENCE });
    response.once("close", () => {
      if (!response.writableFinished || !request.complete) asked.destroy();
      dropTheRest(request);
      resolve();
    });
    asked.once("timeout", () => asked.destroy(new Refusal(504, "the pages took too long; try again in a moment")));
    asked.on("error", (error) => (response.headersSent || response.destroyed ? response.destroy() : reject(error)));
    asked.once("response", (told) => {
      if (isForNoReader(path, told)) {
        told.resume();
        return reject(new Refusal(405, "this page takes no form"));
      }
      response.writeHead(told.statusCode ?? 502, passed(told.rawHeaders));
      told.once("error", () => response.destroy());
      handOn(told, response);
    });
    if (Buffer.isBuffer(body)) asked.end(body);
    else handOn(body, asked);
  });
}

/** What Remix says of a form that a page does not take is JSON for its own scripts, which ask with `_data`. */
const isForNoReader = (path: string | undefined, { statusCode, headers }: IncomingMessage): boolean =>
  statusCode === 405 && headers["x-remix-error"] !== undefined && !/[?&]_data=/.test(path ?? "");

function passed(raw: string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < raw.length; at += 2) {
    const [name = "", value = ""] = [raw[at], raw[at + 1]];
    if (!NOT_PASSED_ON.test(name)) kept.push(name, value);
  }
  return kept;
}

function answer(response: ServerResponse, { status, message }: Refusal): void {
  if (response.headersSent || response.destroyed) return;
  const headers = {
    "content-type": "text/plain; charset=utf-8",
    "content-length": String(message.length + 1),
    "cache-control": "no-store",
    ...(status === 405 ? { allow: "GET, HEAD, POST" } : {}),
  };
  response.writeHead(status, headers).end(`${message}\n`);
}
