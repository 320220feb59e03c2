// The way from the app to the stand-in for Shopify, in the place of fetch: to its server where there is one, else within this process.
import { openStandIn } from "./stand-in.ts";
import type { Telling } from "./tellings.ts";

/** @param server the stand-in's address. */
export const towards =
  (server: string): typeof fetch =>
  async (input, init) => {
    const request = new Request(input, init);
    const { hostname, pathname, search } = new URL(request.url);
    const hasBody = !["GET", "HEAD"].includes(request.method);
    return fetch(`${server}/${hostname}${pathname}${search}`, {
      ...{ method: request.method, headers: request.headers, signal: request.signal },
      body: hasBody ? await request.text() : undefined,
    });
  };

const own = openStandIn();

/** Nothing leaves the machine. */
export const answerShopify: typeof fetch = async (input, init) => {
  const server = process.env.SANDBOX_SHOPIFY_URL;
  if (server) return towards(server)(input, init);
  return (await own.respond(new Request(input, init))).answer;
};

/** It happened in the shop: Shopify remembers it. @returns how its webhook is to be told. */
export async function happen(topic: string, payload: object): Promise<Telling> {
  const server = process.env.SANDBOX_SHOPIFY_URL;
  if (!server) return own.tellings.happen(topic, payload);
  const answer = await fetch(`${server}/control/happen`, {
    method: "POST",
    body: JSON.stringify({ topic, payload }),
  }).catch(() => null);
  return answer?.ok ? ((await answer.json()) as Telling) : { times: 1, after: 0 };
}
