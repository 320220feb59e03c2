// Hands out tokens as Shopify does. They are signed and carry their own time, so that they outlive this process; what was retired is kept here.
import { createHmac, randomBytes } from "node:crypto";
import type { World } from "./house.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Token {
  kind: "shpat" | "shprt";
  issued: number;
  text: string;
}
type Answer = { status: number; json: unknown };
export type Tokens = ReturnType<typeof openTokens>;

const no = (status: number, error: string): Answer => ({ status, json: { error, error_description: error } });

export function openTokens(world: World) {
  /** The newest refresh token, and the one that it came for, which stays good until the newest is used itself. */
  let [current, before] = ["", ""];
  let [calls, revoked] = [0, 0];
  const retired = new Set<string>();

  const home = world.shop; // a token outlives a change of the shop's name
  const sign = (text: string) => createHmac("sha256", world.secret).update(`${home} ${text}`).digest("hex");
  function make(kind: Token["kind"]): string {
    const text = `${kind}_${world.now().toString(36)}${randomBytes(9).toString("hex")}`;
    return `${text}.${sign(text).slice(0, 24)}`;
  }
  function read(token: unknown): Token | null {
    const [, text = "", kind, issued = "", seal] = /^((shpat|shprt)_(\w+)\w{18})\.(\w{24})$/.exec(String(token)) ?? [];
    if (!kind || seal !== sign(text).slice(0, 24)) return null;
    return { kind: kind as Token["kind"], issued: Number.parseInt(issued, 36), text: String(token) };
  }
  function newPair(): Answer {
    current = make("shprt");
    return {
      status: 200,
      json: {
        access_token: make("shpat"),
        scope: [...world.granted].join(","),
        ...{ expires_in: HOUR / 1_000, refresh_token: current, refresh_token_expires_in: (90 * DAY) / 1_000 },
      },
    };
  }
  /** All refresh tokens that there were are retired at once; their access tokens live on. */
  function exchange(subject: unknown): Answer {
    if (!isSessionToken(world, String(subject))) return no(400, "invalid_subject_token");
    for (const one of [current, before]) if (one) retired.add(one);
    before = "";
    return newPair();
  }
  function refresh(text: string): Answer {
    const token = read(text);
    if (token?.kind !== "shprt" || retired.has(text)) return no(400, "invalid_grant");
    if (token.issued <= revoked) return no(401, "invalid_client");
    if (world.now() - token.issued > 90 * DAY) return no(400, "invalid_grant");
    // One that this process has not given out is of a process before: it is taken for the newest.
    if (text === current || !current) {
      if (before) retired.add(before);
      before = text;
    } else if (text === before) retired.add(current);
    else return no(400, "invalid_grant");
    return newPair();
  }
  return {
    answer(asked: Record<string, unknown>): Answer {
      calls += 1;
      if (asked.client_secret !== world.secret) return no(400, "invalid_client");
      return asked.grant_type === "refresh_token"
        ? refresh(String(asked.refresh_token))
        : exchange(asked.subject_token);
    },
    /** May whoever shows this token ask the Admin API? */
    takes(text: string | null): boolean {
      const token = read(text);
      return token?.kind === "shpat" && token.issued > revoked && world.now() - token.issued < HOUR;
    },
    /** The app was uninstalled: every token of before is refused. */
    revoke() {
      revoked = world.now();
      [current, before] = ["", ""];
    },
    /** Calls for a token so far, and the newest refresh token. */
    view: () => ({ calls, refreshToken: current }),
  };
}

/** As App Bridge hands it out: signed with the app's secret, of this shop, and not over. */
function isSessionToken({ secret, shop, now }: World, text: string): boolean {
  const [head, claims, seal] = text.split(".");
  const right = createHmac("sha256", secret).update(`${head}.${claims}`).digest("base64url");
  if (seal !== right) return false;
  const said = JSON.parse(Buffer.from(claims ?? "", "base64url").toString("utf8")) as { dest?: string; exp?: number };
  return said.dest === `https://${shop}` && Number(said.exp) * 1_000 > Math.min(now(), Date.now()) - 10_000;
}
