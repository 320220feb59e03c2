// The stand-in for Shopify as a server: `<url>/<shop's domain><path>` is Shopify's `https://<shop's domain><path>`, and /control its control.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { signWebhook } from "../sign.ts";
import { answerControl } from "./control.ts";
import { type Answered, openStandIn, type StandIn, type StandInOptions } from "./stand-in.ts";

export interface ServerOptions extends Omit<StandInOptions, "tell"> {
  /** 0 or absent: a free one. */
  port?: number;
  /** Where webhooks of Shopify's own go (the end of a bulk operation, other scopes): the app's POST /webhooks. */
  webhooks?: string;
}
export interface ShopifyServer extends StandIn {
  url: string;
  stop(): Promise<void>;
}
const SLOW = 3_000;
const LOOK_FOR_ENDS = 100;

export async function startShopify(options: ServerOptions = {}): Promise<ShopifyServer> {
  const standIn = openStandIn({ ...options, tell: teller(options) });
  const server = createServer((request, response) => {
    void serve(standIn, request, response).catch((cause: unknown) => {
      console.error("the sandbox's stand-in for Shopify failed", cause);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const looking = setInterval(async () => {
    if (standIn.asked() > 0) (await standIn.admin()).bulk.tellEnds();
  }, LOOK_FOR_ENDS);
  return {
    ...standIn,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      clearInterval(looking);
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

const teller =
  ({ webhooks, shop, secret }: ServerOptions) =>
  (topic: string, payload: object): void => {
    if (!webhooks) return;
    const body = JSON.stringify(payload);
    // Once, and without a look at the answer: whoever waits for it asks as well.
    void fetch(webhooks, { method: "POST", headers: signWebhook({ topic, body, shop, secret }), body }).catch(() => {});
  };

async function serve(standIn: StandIn, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, shop = "", path = "/"] = /^\/([^/?]+)(\/.*)?$/.exec(request.url ?? "/") ?? [];
  const asked = await asRequest(request, `https://${shop}${path}`);
  const control = async (): Promise<Answered> => ({
    answer: await answerControl(standIn, asked, new URL(asked.url).pathname),
    manner: "at once",
  });
  const { answer, manner } = await (shop === "control" ? control() : standIn.respond(asked));
  if (manner === "never") return;
  if (manner === "cut") return void response.destroy();
  if (manner === "late") await new Promise((resolve) => setTimeout(resolve, SLOW).unref());
  if (response.destroyed) return;
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}

async function asRequest(request: IncomingMessage, url: string): Promise<Request> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    typeof value === "string" && !["host", "connection", "content-length", "transfer-encoding"].includes(name)
      ? [[name, value] as [string, string]]
      : [],
  );
  const method = request.method ?? "GET";
  return new Request(url, {
    method,
    headers,
    body: ["GET", "HEAD"].includes(method) ? undefined : Buffer.concat(parts),
  });
}
