// Keeps a page as it is while the server does not answer: what somebody reads or types is not lost to a refresh.
import {
  type ClientActionFunctionArgs,
  type ClientLoaderFunctionArgs,
  isRouteErrorResponse,
  useNavigation,
  useRevalidator,
} from "@remix-run/react";
import { useEffect, useSyncExternalStore } from "react";
import { type Reason, tellAll } from "../base/reason.ts";
import { textsHere } from "./texts/in-browser.ts";

/** Stands for the sentence, in the language of the page. */
export const NO_ANSWER: Reason = { code: "no_answer", values: {} };

function openFlag() {
  let on = false;
  const watchers = new Set<() => void>();
  const watch = (watcher: () => void) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  };
  return {
    tell(now: boolean): void {
      on = now;
      for (const watcher of watchers) watcher();
    },
    use: () =>
      useSyncExternalStore(
        watch,
        () => on,
        () => false,
      ),
  };
}

const away = openFlag();
/** Did the last refresh fail? */
export const useAway = away.use;
const behind = openFlag();

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

/** What the server drew the page with, and the address that it is for. */
const drawn =
  typeof document === "undefined"
    ? null
    : { address: location.href, data: Object.values(window.__remixContext?.state.loaderData ?? {}) };

/** Remix hands what was drawn also to the click by which somebody leaves for another address while the page wakes up. */
function noteWhetherBehind(url: string, data: unknown): void {
  if (drawn?.data.includes(data) && url !== drawn.address.split("#")[0]) behind.tell(true);
}

/** Once for all pages: asks again where a page shows what was drawn for another address. */
export function useCatchUp(): void {
  const { revalidate } = useRevalidator();
  const { state } = useNavigation();
  const isBehind = behind.use();
  useEffect(() => {
    if (!isBehind || state !== "idle") return;
    behind.tell(false);
    revalidate();
  }, [isBehind, state, revalidate]);
}

/** A route's clientLoader: what was there before stays, where the server gives nothing new for the same address. */
export function steadily() {
  let last: { url: string; data: unknown } | null = null;
  const load = async ({ request, serverLoader }: ClientLoaderFunctionArgs): Promise<unknown> => {
    try {
      const data = answered(await serverLoader());
      noteWhetherBehind(request.url, data);
      last = { url: request.url, data };
      away.tell(false);
      return data;
    } catch (error) {
      if (request.signal.aborted || !isPassing(error) || last?.url !== request.url) throw error;
      away.tell(true);
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
