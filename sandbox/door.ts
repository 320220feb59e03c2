// The sandbox's part of the web process: its pages, and what stands in for Shopify itself.
import { Buffer } from "node:buffer";
import express, { type RequestHandler } from "express";
import type { Env } from "../app/base/env.ts";
import { answerSandbox } from "./page.ts";

export { seedSandbox } from "./seed.ts";
export { answerShopify } from "./shopify/way.ts";

export function openSandbox(env: Env): RequestHandler {
  const options = {
    vendorsUrl: env.SANDBOX_VENDORS_URL ?? "",
    ownVendors: env.SANDBOX_OWN_VENDORS === "yes",
    postWebhook: async (headers: Record<string, string>, body: string) =>
      (await fetch(`http://127.0.0.1:${env.PORT}/webhooks`, { method: "POST", headers, body })).status,
  };
  const router = express.Router();
  router.use(nameAsBrowser);
  router.use("/sandbox", express.raw({ type: () => true, limit: "64kb" }), async (request, response, next) => {
    try {
      const answer = await answerSandbox(asFetchRequest(request), options);
      if (!answer) return next();
      response.status(answer.status);
      for (const [name, value] of answer.headers) response.setHeader(name, value);
      response.end(Buffer.from(await answer.arrayBuffer()));
    } catch (error) {
      next(error);
    }
  });
  return router;
}

/** Shopify's library sends robots away, a headless Chromium among them; in the sandbox it may look. */
const nameAsBrowser: RequestHandler = (request, _response, next) => {
  request.headers["user-agent"] = request.headers["user-agent"]?.replace("HeadlessChrome", "Chrome");
  next();
};

function asFetchRequest(request: express.Request): Request {
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as [string, string]] : [],
  );
  const hasBody = !["GET", "HEAD"].includes(request.method);
  return new Request(`http://${request.headers.host ?? "localhost"}${request.originalUrl}`, {
    method: request.method,
    headers,
    body: hasBody ? new Uint8Array(request.body as Buffer) : undefined,
  });
}
