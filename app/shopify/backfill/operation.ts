// A bulk operation: started, and asked how it is doing. That its end is told by a webhook only makes it quicker.
import { z } from "zod";
import type { Ask, Question } from "../asking.ts";
import type { Outcome } from "../outcome.ts";

const RUN = {
  query: `mutation BackfillStart($query: String!) {
    bulkOperationRunQuery(query: $query, groupObjects: false) {
      bulkOperation { id }
      userErrors { code message }
    }
  }`,
  usable: z.object({
    bulkOperationRunQuery: z.object({
      bulkOperation: z.object({ id: z.string() }).nullish(),
      userErrors: z.array(z.object({ code: z.string().nullish(), message: z.string() })),
    }),
  }),
} satisfies Question<unknown>;
const LOOK = {
  query: `query BackfillState($id: ID!) {
    bulkOperation(id: $id) { status errorCode url fileSize }
  }`,
  usable: z.object({
    bulkOperation: z
      .object({
        status: z.string(),
        errorCode: z.string().nullish(),
        url: z.string().nullish(),
        fileSize: z.coerce.number().nullish(),
      })
      .nullish(),
  }),
} satisfies Question<unknown>;
const CANCEL = {
  query: `mutation BackfillCancel($id: ID!) {
    bulkOperationCancel(id: $id) {
      bulkOperation { status }
      userErrors { message }
    }
  }`,
  usable: z.unknown(),
} satisfies Question<unknown>;
/** Codes of Shopify's that say: not now. */
const FULL = ["OPERATION_IN_PROGRESS", "LIMIT_REACHED"];

export type Started = { id: string } | "too many" | { refused: string };

export async function start(ask: Ask, query: string): Promise<{ outcome: Outcome<unknown>; started: Started | null }> {
  const outcome = await ask(RUN, { query });
  const said = outcome.is === "done" || outcome.is === "partly" ? outcome.data.bulkOperationRunQuery : null;
  if (!said) return { outcome, started: null };
  const [error] = said.userErrors;
  if (said.bulkOperation) return { outcome, started: said.bulkOperation };
  if (FULL.includes(error?.code ?? "")) return { outcome, started: "too many" };
  return { outcome, started: { refused: error?.message ?? "no word" } };
}

export type Operation =
  | { is: "under way" }
  /** `url` null: there is nothing in it. */
  | { is: "ready"; url: string | null; bytes: number | null }
  /** The scope, or Shopify's approval, is not there. */
  | { is: "denied" }
  /** It failed, with a part of a file at best. */
  | { is: "failed" }
  /** Somebody cancelled it, or it is not known any more: it is to be started anew. */
  | { is: "gone" };

const UNDER_WAY = ["CREATED", "RUNNING", "CANCELING"];

export async function look(ask: Ask, id: string): Promise<{ outcome: Outcome<unknown>; operation: Operation | null }> {
  const outcome = await ask(LOOK, { id });
  if (outcome.is !== "done" && outcome.is !== "partly") return { outcome, operation: null };
  const said = outcome.data.bulkOperation;
  if (!said) return { outcome, operation: { is: "gone" } };
  if (UNDER_WAY.includes(said.status)) return { outcome, operation: { is: "under way" } };
  if (said.status === "COMPLETED")
    return { outcome, operation: { is: "ready", url: said.url ?? null, bytes: said.fileSize ?? null } };
  if (said.status !== "FAILED") return { outcome, operation: { is: "gone" } };
  return { outcome, operation: { is: said.errorCode === "ACCESS_DENIED" ? "denied" : "failed" } };
}

/** One that is over is cancelled by nobody: that is as good. */
export const cancelOperation = (ask: Ask, id: string): Promise<Outcome<unknown>> => ask(CANCEL, { id });
