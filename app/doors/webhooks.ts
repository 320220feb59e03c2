// POST /webhooks: looks at the headers, proves the sender, commits the webhook, answers 200, and rings the bell after the answer. Nothing else.
import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Arrival } from "../delivery/receive.ts";
import { dropTheRest, joined, mustFit, piecesOf, Refusal } from "./body.ts";
import { type Claims, claimsOf } from "./claims.ts";
import { openGate } from "./gate.ts";
import { giveBack } from "./memory.ts";
import { isJsonObject } from "./webhook-body.ts";

export interface Door {
  receive: (arrival: Arrival) => Promise<void>;
  /** The API secret, and the one before it while Shopify may still sign with either. */
  secrets: string[];
  /** The sandbox's secret is everybody's: it signs for this shop alone. null: for every shop. */
  only?: string | null;
  ring: (shop: string) => void;
  answered: (seconds: number) => void;
  /** The database did not take a webhook. */
  failed: (error: unknown) => void;
}

/** Shopify gives up after 5 s. */
const LIMIT = { largest: 5 * 1024 * 1024, says: "a webhook has at most 5 MB", within: 5_000 };
/** Bytes of bodies, from the first that is read until the webhook is committed. */
const MOST_IN_FLIGHT = 32 * 1024 * 1024;

export function openDoor(door: Door): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const gate = openGate(MOST_IN_FLIGHT);
  return async (request, response) => {
    const began = performance.now();
    const hold = gate.open();
    try {
      if (request.method !== "POST") throw new Refusal(405, "webhooks are posted");
      mustFit(request, LIMIT);
      const claims = claimsOf(request);
      const arrival = provedBy(door, claims, await piecesOf(request, LIMIT, hold));
      await door.receive(arrival).catch((error: unknown) => {
        door.failed(error);
        throw new Refusal(503, "the webhook could not be committed; send it again");
      });
      giveBack(arrival.body);
      answer(response, 200, "");
      door.ring(arrival.shop);
      door.answered((performance.now() - began) / 1000);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      answer(response, error.status, error.message);
      dropTheRest(request);
    } finally {
      hold.release();
    }
  };
}

function answer(response: ServerResponse, status: number, says: string): void {
  if (response.writableEnded || response.destroyed) return;
  const headers = {
    "content-type": "text/plain; charset=utf-8",
    ...(status === 405 ? { allow: "POST" } : {}),
  };
  response.writeHead(status, headers).end(says);
}

const WRONG = "the signature is wrong";

/** @throws Refusal 401 */
function provedBy({ secrets, only }: Door, { signature, ...claims }: Claims, pieces: Buffer[]): Arrival {
  if (!secrets.some((secret) => isSignedWith(secret, pieces, signature))) {
    pieces.forEach(giveBack);
    throw new Refusal(401, WRONG);
  }
  // Only now: what nobody signed shall not be there twice.
  const body = joined(pieces);
  // A session token or a launch URL, whose signature is of the same secret: no webhook.
  if (!isJsonObject(body)) throw new Refusal(401, WRONG);
  if (only && claims.shop !== only) throw new Refusal(401, "the sandbox takes webhooks of its own shop only");
  return { ...claims, named: true, body };
}

function isSignedWith(secret: string, pieces: Buffer[], given: string): boolean {
  const hmac = createHmac("sha256", secret);
  for (const piece of pieces) hmac.update(piece);
  const expected = hmac.digest("base64");
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
