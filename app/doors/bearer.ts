// Who may see what is meant for the operator: all in the sandbox, else who sends METRICS_TOKEN as a bearer.
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Env } from "../base/env.ts";

/** `shut`: there is no token, so there is nothing to see for anybody. */
export type Sight = "open" | "refused" | "shut";

export function openSight({ sandbox, METRICS_TOKEN }: Pick<Env, "sandbox" | "METRICS_TOKEN">) {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const expected = METRICS_TOKEN === undefined ? null : digest(METRICS_TOKEN);
  return (request: IncomingMessage): Sight => {
    if (sandbox) return "open";
    if (!expected) return "shut";
    const given = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? "")?.[1];
    // Digests have one length, so that the time tells nothing of the token's.
    return given !== undefined && timingSafeEqual(digest(given), expected) ? "open" : "refused";
  };
}
