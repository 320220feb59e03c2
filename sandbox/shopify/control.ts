// The stand-in's control over HTTP: what the shop holds, what happens there, and what is to go wrong.
import { APPROVALS, type Approval } from "./house.ts";
import type { Happening, StandIn } from "./stand-in.ts";
import { isTrouble, type Place } from "./trouble.ts";

type Body = Record<string, unknown>;
const no = (status: number, error: string) => Response.json({ error }, { status });
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const PLACES = ["token", "graphql", "file"];

/** Everything after /control. @returns what the shop holds then, where nothing else is asked. */
export async function answerControl(standIn: StandIn, request: Request, path: string): Promise<Response> {
  if (request.method === "GET" && path === "/") return Response.json(stateOf(standIn));
  const deed = DEEDS[path];
  if (request.method !== "POST" || !deed) return no(404, "there is nothing at this path");
  const body = (await request.json().catch(() => ({}))) as Body;
  return (await deed(standIn, body)) ?? Response.json(stateOf(standIn));
}

function stateOf({ world, memory, tokens, tellings, asked }: StandIn) {
  const { orders, customers, products } = memory;
  return {
    ...{ now: new Date(world.now()).toISOString(), shop: world.shop, asked: asked() },
    ...{ granted: [...world.granted], approved: [...world.approved], indexLag: world.indexLag },
    ...{ orders: orders.size, customers: customers.size, products: products.size, withheld: tellings.withheld() },
    tokenCalls: tokens.view().calls,
  };
}

// biome-ignore lint/suspicious/noConfusingVoidType: most deeds answer nothing of their own
type Deed = (standIn: StandIn, body: Body) => Promise<Response | void> | Response | void;

const DEEDS: Record<string, Deed> = {
  /** It happened in the shop; answers how its webhook is to be told. */
  "/happen": ({ tellings }, { topic, payload }) => Response.json(tellings.happen(String(topic), payload)),
  /** Many at once, of which no webhook tells: [{ topic, payload }]. */
  "/remember": ({ memory }, { happenings }) => {
    for (const { topic, payload } of (happenings ?? []) as Happening[]) memory.remember(topic, payload);
  },
  "/tell": ({ tellings }, { times = 1, after = 0, count = 1 }) =>
    tellings.set({ times: Number(times), after: Number(after) }, Number(count)),
  "/trouble": ({ troubles }, { place, trouble, times }) => {
    if (!PLACES.includes(String(place))) return no(400, `place must be one of ${PLACES.join(", ")}`);
    if (trouble !== null && !isTrouble(trouble)) return no(400, "trouble must be one of the documented ones, or null");
    troubles.set(place as Place, trouble, times === undefined ? undefined : Number(times));
  },
  "/clock": ({ moveClock }, { forward }) => moveClock(Number(forward)),
  "/granted": ({ world }, { scopes }) => {
    const before = [...world.granted];
    world.granted = new Set(texts(scopes));
    world.tell("app/scopes_update", { previous: before, current: [...world.granted] });
  },
  "/approved": ({ world }, { approvals }) => {
    world.approved = new Set(APPROVALS.filter((one) => texts(approvals).includes(one)) as Approval[]);
  },
  "/world": ({ world }, { indexLag, limited, pixelDeployed, pixelSettings }) => {
    if (indexLag !== undefined) world.indexLag = Number(indexLag);
    if (limited !== undefined) world.limited = Boolean(limited);
    if (pixelDeployed !== undefined) world.pixelDeployed = Boolean(pixelDeployed);
    if (pixelSettings !== undefined) world.pixelSettings = texts(pixelSettings);
  },
  "/bucket": ({ leave }, { points }) => leave(Number(points)),
  /** What becomes of the bulk operations that are started from now on; {}: they are well. */
  "/bulk": async ({ admin }, fate) => (await admin()).bulk.setFate(fate),
  "/uninstall": ({ uninstall }) => uninstall(),
};
