// Keeps a page as it is while the server does not answer: what somebody reads or types is not lost to a refresh.
import { type ClientActionFunctionArgs, type ClientLoaderFunctionArgs, isRouteErrorResponse } from "@remix-run/react";
import { useSyncExternalStore } from "react";
import { type Reason, tellAll } from "../base/reason.ts";
import { textsHere } from "./texts/in-browser.ts";

/** Stands for the sentence, in the language of the page. */
export const NO_ANSWER: Reason = { code: "no_answer", values: {} };

let away = false;
const watchers = new Set<() => void>();
function tell(now: boolean): void {
  away = now;
  for (const watcher of watchers) watcher();
}
function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Did the last refresh fail? */
export const useAway = (): boolean =>
  useSyncExternalStore(
    watch,
    () => away,
    () => false,
  );

/** A page of text is what something between here and the server says in its place. */
function answered(data: unknown): unknown {
  if (typeof data !== "object") throw new TypeError("The server itself did not answer");
  return data;
}

/** The server, or something before it, fails or knows nobody just now; a token may be good again in some seconds. Another no (404, 410) is none. */
function isPassing(error: unknown): boolean {
  if (error instanceof Error) return true;
  const status = error instanceof Response || isRouteErrorResponse(error) ? error.status : 0;
  return status === 401 || status === 408 || status === 429 || status >= 500;
}

/** A route's clientLoader: what was there before stays, where the server gives nothing new for the same address. */
export function steadily() {
  let last: { url: string; data: unknown } | null = null;
  const load = async ({ request, serverLoader }: ClientLoaderFunctionArgs): Promise<unknown> => {
    try {
      const data = answered(await serverLoader());
      last = { url: request.url, data };
      tell(false);
      return data;
    } catch (error) {
      if (request.signal.aborted || !isPassing(error) || last?.url !== request.url) throw error;
      tell(true);
      return last.data;
    }
  };
  return Object.assign(load, { hydrate: true });
}

/** A route's clientAction: the page stays, and is given this in place of an answer. */
export const orElse =
  (noAnswer: object) =>
  async ({ serverAction }: ClientActionFunctionArgs): Promise<unknown> => {
    try {
      return answered(await serverAction());
    } catch (error) {
      if (!isPassing(error)) throw error;
      return tellAll(noAnswer, () => textsHere().t("frame.noAnswer"));
    }
  };
