// The one way to ask a shop's Admin API: what can come of it is told apart, its points are counted, and what is throttled waits.
import type { ZodType } from "zod";
import { statement } from "../base/statement.ts";
import type { Road } from "../delivery/road.ts";
import { type Cost, costIn, reservePoints, restFromAsking, settlePoints } from "./cost-budget.ts";
import { type Body, isThrottled, type Outcome, outcomeOf } from "./outcome.ts";

/** Admin GraphQL, as Shopify's library hands it out. */
export type Graphql = (query: string, options?: { variables?: Record<string, unknown> }) => Promise<Response>;

export interface Question<Data> {
  query: string;
  /** What `data` must look like to be of use: where it fits, errors beside it make the outcome "partly". */
  usable: ZodType<Data>;
}

/**
 * Asks one shop. Waits where Shopify is asked too much, for as long as this asker's patience.
 * @throws a Response where a page's token has ended, for Shopify's library and App Bridge to handle; and what the database throws.
 */
export type Ask = <Data>(question: Question<Data>, variables?: Record<string, unknown>) => Promise<Outcome<Data>>;

export interface Manner {
  /** So long it waits for its turn in all, in milliseconds. */
  patience?: number;
  /** The share of the shop's bucket that it leaves to others: 0 for what somebody waits for, half for what can wait. */
  leave?: number;
}

/** Hands out the Admin API; "token dead" and "ill" as in an outcome, where there is none. */
export type Reach = () => Promise<Graphql | Extract<Outcome<never>, { is: "token dead" | "ill" }>>;

type AskRoad = Pick<Road, "db" | "clock" | "timer">;

/** What a question is taken to cost before Shopify said it, in points. */
const UNKNOWN_COST = 10;
const WITHOUT_RETRY_AFTER = 2;
/** What each question was said to cost when it was asked last. */
const costs = new WeakMap<Question<unknown>, number>();

export function openAsk(road: AskRoad, shop: string, reach: Reach, { patience = 3_000, leave = 0 }: Manner = {}): Ask {
  return async (question, variables = {}) => {
    const began = road.timer.elapsed();
    for (;;) {
      const outcome = await inBudget(road, shop, { question, variables, leave, reach });
      if (outcome.is !== "throttled") return outcome;
      const wait = outcome.until.getTime() - road.clock().getTime();
      if (road.timer.elapsed() - began + wait > patience) return outcome;
      await road.timer.sleep(Math.max(1, wait));
    }
  };
}

interface Asking<Data> {
  question: Question<Data>;
  variables: Record<string, unknown>;
  leave: number;
  reach: Reach;
}

async function inBudget<Data>(road: AskRoad, shop: string, asking: Asking<Data>): Promise<Outcome<Data>> {
  const { question, leave } = asking;
  const reserved = costs.get(question) ?? UNKNOWN_COST;
  const wait = await reservePoints(road.db, shop, road.clock(), { cost: reserved, leave });
  if (wait > 0) return { is: "throttled", until: new Date(road.clock().getTime() + wait) };
  const heard = await hear(asking);
  const settle = (cost: Cost | null) => settlePoints(road.db, shop, road.clock(), reserved, cost);
  const rest = async (seconds: number) => {
    await restFromAsking(road.db, shop, road.clock(), seconds);
    return { is: "throttled" as const, until: new Date(road.clock().getTime() + seconds * 1_000) };
  };
  if ("retryAfter" in heard) return rest(heard.retryAfter);
  if ("is" in heard) {
    if (heard.is === "token dead") await road.db.query(DIED, [shop, road.clock()]);
    return heard;
  }
  const cost = costIn(heard.extensions);
  if (cost) costs.set(question, cost.requestedQueryCost);
  await settle(cost);
  if (!isThrottled(heard)) return outcomeOf(heard, question.usable);
  if (!cost) return rest(WITHOUT_RETRY_AFTER);
  return { is: "throttled", until: new Date(road.clock().getTime() + untilEnough(cost)) };
}

const untilEnough = ({ requestedQueryCost, throttleStatus: { currentlyAvailable, restoreRate } }: Cost) =>
  Math.ceil(Math.max(0, (requestedQueryCost - currentlyAvailable) / restoreRate) * 1_000);

const DIED = statement<never, [shop: string, now: Date]>("note-token-dead")`
  UPDATE shop
  SET token_dead_at = coalesce(token_dead_at, $2)
  WHERE domain = $1`;

type Heard = Body | { retryAfter: number } | Extract<Outcome<never>, { is: "token dead" | "ill" }>;

async function hear({ question, variables, reach }: Asking<unknown>): Promise<Heard> {
  const graphql = await reach();
  if (typeof graphql !== "function") return graphql;
  try {
    return (await (await graphql(question.query, { variables })).json()) as Body;
  } catch (error) {
    return heardIn(error);
  }
}

/** The library's own Responses to a page whose token has ended: a redirect for a fresh one, or 401 to a script. */
const TOKEN_ENDED = new Set([302, 401]);

/** The library throws on any `errors`, with the data inside; and for every HTTP error, to a page as a Response. */
function heardIn(error: unknown): Heard {
  if (error instanceof Response) {
    if (TOKEN_ENDED.has(error.status)) throw error;
    return ofStatus(error.status, Number(error.headers.get("retry-after")));
  }
  const { body, response } = (error ?? {}) as {
    body?: { data?: unknown; errors?: { graphQLErrors?: Body["errors"] }; extensions?: Body["extensions"] };
    response?: { code?: number; retryAfter?: number };
  };
  const errors = body?.errors?.graphQLErrors;
  if (errors) return { data: body?.data, errors, extensions: body?.extensions };
  if (response?.code) return ofStatus(response.code, response.retryAfter);
  return { is: "ill", says: "it did not answer" };
}

function ofStatus(status: number, retryAfter: number | undefined): Heard {
  if (status === 401) return { is: "token dead" };
  if (status === 429) return { retryAfter: retryAfter || WITHOUT_RETRY_AFTER };
  return { is: "ill", says: `it answered ${status}` };
}
