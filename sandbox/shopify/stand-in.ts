// Stands in for Shopify's own servers: hands out tokens, answers the Admin API out of the shop's memory, and can be made to fail.
import { SANDBOX_SECRET, SANDBOX_SHOP } from "../sign.ts";
import { openBucket } from "./bucket.ts";
import type { Admin, Question } from "./graphql.ts";
import { APPROVALS, GRANTED, type World } from "./house.ts";
import { type Memory, openMemory, type Payload } from "./memory.ts";
import { openTellings } from "./tellings.ts";
import { openTokens, type Tokens } from "./tokens.ts";
import { insteadOf, type Manner, openTroubles, type Place, type Troubles } from "./trouble.ts";

export interface StandInOptions {
  shop?: string;
  /** The app's, with which it proves itself and its webhooks are signed. */
  secret?: string;
  clock?: () => number;
  /** Webhooks that Shopify sends of itself; absent: nobody hears them. */
  tell?: World["tell"];
}
export interface Answered {
  answer: Response;
  manner: Manner;
}
export interface StandIn {
  /** Another name of its shop renames it. */
  world: World;
  memory: Memory;
  tokens: Tokens;
  troubles: Troubles;
  /** How webhooks of what happens are to be told. */
  tellings: ReturnType<typeof openTellings>;
  /** Made at the first question: it takes a third of a second. */
  admin(): Promise<Admin>;
  /** So many points are in the bucket. */
  leave(points: number): void;
  moveClock(milliseconds: number): void;
  /** Every token is refused, and the web pixel is gone. */
  uninstall(): Promise<void>;
  /** As many questions to the Admin API so far. */
  asked(): number;
  respond(request: Request): Promise<Answered>;
}

export function openStandIn(options: StandInOptions = {}): StandIn {
  const clock = options.clock ?? Date.now;
  let [moved, asked] = [0, 0];
  const now = () => clock() + moved;
  const world: World = {
    ...{ now, shop: options.shop ?? SANDBOX_SHOP, secret: options.secret ?? SANDBOX_SECRET },
    ...{ granted: new Set(GRANTED.split(",")), approved: new Set(APPROVALS), indexLag: 0, limited: true },
    ...{ pixelDeployed: true, pixelSettings: ["endpoint", "publicKey"] },
    tell: options.tell ?? (() => {}),
  };
  const [memory, tokens, troubles, bucket] = [openMemory(now), openTokens(world), openTroubles(), openBucket(now)];
  let opened: Promise<Admin> | undefined;
  // Only who asks needs the `graphql` package: production's packages are without it.
  const admin = () => {
    opened ??= import("./graphql.ts").then(({ openAdmin }) => openAdmin(world, memory, bucket));
    return opened;
  };
  async function work(place: Place, request: Request, throttled: boolean): Promise<Response> {
    if (place === "file") {
      const name = /([\w-]+)\.jsonl$/.exec(new URL(request.url).pathname)?.[1] ?? "";
      return (await admin()).bulk.file(name) ?? new Response("<Error><Code>NoSuchKey</Code></Error>", { status: 404 });
    }
    if (place === "token") {
      const { status, json } = tokens.answer((await request.json()) as Record<string, unknown>);
      return Response.json(json, { status });
    }
    if (!tokens.takes(request.headers.get("x-shopify-access-token")))
      return Response.json({ errors: NO_TOKEN }, { status: 401 });
    return Response.json((await admin()).answer((await request.json()) as Question, throttled));
  }
  return {
    ...{ world, memory, tokens, troubles, tellings: openTellings(memory), admin, leave: bucket.leave },
    moveClock(milliseconds) {
      moved += milliseconds;
    },
    async uninstall() {
      tokens.revoke();
      (await admin()).pixels.drop();
    },
    asked: () => asked,
    async respond(request) {
      const address = new URL(request.url);
      const place = placeOf(address, world.shop);
      if (!place) return { answer: address.pathname === TOKENS ? NO_SUCH_SHOP() : NOT_FOUND(), manner: "at once" };
      if (place === "graphql") asked += 1;
      const { trouble, manner } = troubles.next(place);
      return { answer: insteadOf(trouble) ?? (await work(place, request, trouble === "throttled")), manner };
    },
  };
}

const TOKENS = "/admin/oauth/access_token";
const NOT_FOUND = () => Response.json({ errors: "Not Found" }, { status: 404 });
/** A session token of a shop that is not there is good for nothing. */
const NO_SUCH_SHOP = () => Response.json({ error: "invalid_subject_token" }, { status: 400 });
const NO_TOKEN = "[API] Invalid API key or access token (unrecognized login or wrong password)";

function placeOf({ hostname, pathname }: URL, shop: string): Place | null {
  // Shopify's files lie elsewhere: their addresses hold where the shop is renamed.
  if (pathname.startsWith("/bulk/")) return "file";
  if (hostname !== shop) return null; // Shopify knows no other shop
  if (pathname === TOKENS) return "token";
  return /^\/admin\/api\/[^/]+\/graphql\.json$/.test(pathname) ? "graphql" : null;
}

export type Happening = { topic: string; payload: Payload };
