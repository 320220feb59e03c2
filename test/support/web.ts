// The web process by itself, as it is in production, on a database and vendors that the test has.
import { spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { SANDBOX_KEY, SANDBOX_SECRET, SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { freePort } from "../../scripts/port.mjs";

const { PATH, NODE_COMPILE_CACHE } = process.env;

export interface Web {
  url: string;
  pid: number;
  /** All that it has written: errors only. */
  said(): string;
  stop(): Promise<void>;
}

/** @param env DATABASE_URL, ENCRYPTION_KEY, PORT if it matters, and what the test wants. @throws where it does not come up. */
export async function startWeb(env: Record<string, string>): Promise<Web> {
  const port = Number(env.PORT ?? (await freePort()));
  const child = spawn(process.execPath, ["app/entry.web.ts"], {
    cwd: new URL("../..", import.meta.url),
    env: { ...{ PATH, NODE_COMPILE_CACHE, NODE_ENV: "production", LOG_LEVEL: "error", PORT: String(port) }, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
  const url = `http://localhost:${port}`;
  while (
    !(await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error(`the web process ended:\n${said}`);
    await sleep(50);
  }
  return {
    url,
    pid: child.pid ?? 0,
    said: () => said,
    async stop() {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}

/** A session token as App Bridge hands it out: good for a minute, for this shop. */
export function tokenFor(shop: string, secret = SANDBOX_SECRET, key = SANDBOX_KEY): string {
  const now = Math.floor(Date.now() / 1000);
  const times = { exp: now + 60, nbf: now - 5, iat: now - 5 };
  const claims = {
    iss: `https://${shop}/admin`,
    dest: `https://${shop}`,
    aud: key,
    sub: "42",
    jti: randomUUID(),
    ...times,
  };
  const part = (json: object) => Buffer.from(JSON.stringify(json)).toString("base64url");
  const said = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${said}.${createHmac("sha256", secret).update(said).digest("base64url")}`;
}

/** What Shopify adds to the address when it frames the app. */
export function framed(path: string, shop = SANDBOX_SHOP): string {
  const host = Buffer.from(`admin.shopify.com/store/${shop.split(".")[0]}`).toString("base64url");
  return `${path}${path.includes("?") ? "&" : "?"}${new URLSearchParams({ shop, host, embedded: "1" })}`;
}
