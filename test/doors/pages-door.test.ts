// The way to the pages: nothing too large or unsound reaches them, their end is told in a sentence and mended, and no webhook notices.
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openFront } from "../../app/doors/front.ts";
import { SANDBOX_SHOP, signWebhook } from "../../sandbox/sign.ts";
import { type App, startApp } from "../support/app.ts";
import { HUMAN } from "../support/browser.ts";
import { framed, startWeb, tokenFor } from "../support/web.ts";

let app: App;
beforeAll(async () => {
  app = await startApp({ env: { LOG_LEVEL: "error", ENCRYPTION_KEY: randomBytes(32).toString("base64") } });
}, 180_000);
afterAll(() => app?.stop());

/** Bytes as they are, to the app. @returns what came back until the connection ended, or the answer was there. */
function raw(bytes: string | Buffer, url = app.url): Promise<string> {
  return new Promise((resolve) => {
    let said = "";
    const socket = connect(Number(new URL(url).port), "localhost", () => socket.write(bytes));
    socket.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (/\r\n\r\n.+/s.test(said)) socket.end();
    });
    socket.on("error", () => {}); // cut off: what was said counts
    socket.on("close", () => resolve(said));
  });
}
const webhook = (path = "/webhooks") =>
  fetch(app.url + path, { method: "POST", body: "{}", headers: signWebhook({ topic: "orders/create", body: "{}" }) });

const MB = 1024 * 1024;
const PATHS = ["/", "/app", "/app/settings", "/auth/login", "/sandbox/orders", "/assets/none.js", "/nowhere"];
const VERBS = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"];

test.each(
  VERBS,
)("%s with more than 1 MB is answered 413 at every path before it is parsed, its length told or not", async (verb) => {
  for (const path of PATHS) {
    const head = `${verb} ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n`;
    const untold = `${head}Transfer-Encoding: chunked\r\n\r\n${(MB + 1).toString(16)}\r\n${"a".repeat(MB + 1)}\r\n`;
    const answer = ["GET", "POST"].includes(verb) ? /^HTTP\/1\.1 413 / : /^HTTP\/1\.1 405 /;
    expect(await raw(untold), path).toMatch(answer);
    const told = await raw(`${head}Content-Length: ${MB + 1}\r\n\r\n`);
    expect(told, path).toMatch(/^HTTP\/1\.1 413 [\s\S]*a form has at most 1 MB/);
  }
});

test("a form of exactly 1 MB reaches the page", async () => {
  const body = `intent=alert-url&url=${"a".repeat(MB - 21)}`;
  const headers = {
    authorization: `Bearer ${tokenFor(SANDBOX_SHOP)}`,
    "content-type": "application/x-www-form-urlencoded",
    "user-agent": HUMAN,
  };
  const answer = await fetch(`${app.url}/app/settings?_data=routes%2Fapp.settings`, { method: "POST", body, headers });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain("alert_https");
});

test("a form that breaks off is no fault of the pages, and one that is answered before it is there leaves the way free", async () => {
  const { host } = new URL(app.url);
  const path = "/app/settings?_data=routes%2Fapp.settings";
  const head = `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: ${HUMAN}\r\nAuthorization: Bearer ${tokenFor(SANDBOX_SHOP)}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${MB}\r\n`;
  for (let n = 0; n < 5; n += 1) {
    const socket = connect(Number(new URL(app.url).port), "localhost");
    await new Promise<void>((sent) => socket.write(`${head}\r\nintent=alert-url&url=a`, () => sent()));
    await fetch(`${app.url}/auth/login`); // the form is under way by now
    socket.destroy();
  }
  // Nobody's: it is sent away before its body is read.
  const said = await raw(`${head.replace(/Authorization.*\r\n/, "")}Connection: close\r\n\r\n${"a".repeat(MB)}`);
  expect(said).toMatch(/^HTTP\/1\.1 204 [\s\S]*x-remix-redirect: \/auth\/login/);
  expect((await fetch(`${app.url}/auth/login`)).status).toBe(200);
  expect(app.logs()).not.toContain("failed");
  expect(app.logs()).not.toContain("broke off");
});

test.each([
  ["a host that is none", "GET /app HTTP/1.1\r\nHost: a b\r\n\r\n"],
  ["a host with a port that is none", "GET /app HTTP/1.1\r\nHost: localhost:99999\r\n\r\n"],
  ["an address that is none", "GET /app HTTP/1.1\r\nHost: 1.2.3.999\r\n\r\n"],
  ["a host with a path", "GET /app HTTP/1.1\r\nHost: evil/../..\r\n\r\n"],
  ["an empty host", "GET /app HTTP/1.1\r\nHost:\r\n\r\n"],
  ["two hosts", "GET /app HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n"],
  ["no host", "GET /app HTTP/1.0\r\n\r\n"],
  ["a path that is no text", "GET /app/%E0%A4%A HTTP/1.1\r\nHost: localhost\r\n\r\n"],
  ["U+0000 in the path", "GET /app/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n"],
  ["U+0000 in the query", "GET /app?shop=%00 HTTP/1.1\r\nHost: localhost\r\n\r\n"],
  ["no HTTP", "hello\r\n\r\n"],
])("%s is answered 400 with a sentence", async (_what, bytes) => {
  expect(await raw(bytes)).toMatch(/^HTTP\/1\.1 400 [\s\S]*\r\n\r\n[a-z][^<]+\n$/);
});

test("a port that only X-Forwarded-Host names is not looked at", async () => {
  const said = await raw("GET /auth/login HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: x:999999\r\n\r\n");
  expect(said).toMatch(/^HTTP\/1\.1 200 /);
});

test.each([
  "/webhooks/",
  "//webhooks",
  "///webhooks//?a=b",
  "/webhooks?hmac=x",
])("%s is the webhooks' door", async (path) => {
  expect((await webhook(path)).status).toBe(200);
});

test("the whole URL as the target is read as its path", async () => {
  const headers = Object.entries(signWebhook({ topic: "orders/create", body: "{}" }));
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const said = await raw(
    `POST ${app.url}/webhooks HTTP/1.1\r\nHost: x\r\n${lines}Content-Length: 2\r\nConnection: close\r\n\r\n{}`,
  );
  expect(said).toMatch(/^HTTP\/1\.1 200 /);
});

test("no page with a shop's data is kept by a cache, nor is what sends one elsewhere", async () => {
  const token = tokenFor(SANDBOX_SHOP);
  const asked: [string, Record<string, string>][] = [
    [`${framed("/app")}&id_token=${token}`, {}],
    [`${framed("/app/settings")}&id_token=${token}`, {}],
    ["/app?_data=routes%2Fapp._index", { authorization: `Bearer ${token}` }],
    ["/app/nothing?_data=routes%2Fapp.%24slug.(%24connectionId)", { authorization: `Bearer ${token}` }],
    [framed("/app"), {}],
    ["/auth/login", {}],
  ];
  for (const [path, headers] of asked) {
    const answer = await fetch(app.url + path, {
      headers: { "user-agent": HUMAN, ...headers },
      redirect: "manual",
    });
    expect(answer.headers.get("cache-control"), path).toBe("no-store");
    await answer.arrayBuffer();
  }
});

const childrenOf = (pid: number) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(/\s+/).filter(Boolean).map(Number);
const isPages = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("entry.pages");

/** The pages' process of this web; absent: of the app's. On Linux. */
function pagesProcess(webs = childrenOf(process.pid)): number {
  const pid = webs.flatMap(childrenOf).find(isPages);
  if (!pid) throw new Error("there is no pages' process");
  return pid;
}

test("while the pages hang or are gone webhooks are taken, and the pages come back by themselves", async () => {
  const pid = pagesProcess();
  process.kill(pid, "SIGSTOP");
  const hanging = fetch(`${app.url}/auth/login`).then(async (answer) => [answer.status, await answer.text()]);
  expect((await webhook()).status).toBe(200);
  expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
  process.kill(pid, "SIGKILL");
  expect(await hanging).toEqual([502, "the pages did not answer; try again in a moment\n"]);
  const answer = await fetch(`${app.url}/auth/login`);
  if (answer.status !== 200)
    expect([answer.status, await answer.text()]).toEqual([502, expect.stringContaining("try again")]);
  expect((await webhook()).status).toBe(200);
  while ((await fetch(`${app.url}/auth/login`)).status !== 200) await sleep(50);
  expect(pagesProcess()).not.toBe(pid);
});

test("pages that do not end are not waited for: the web ends in time all the same", async () => {
  const web = await startWeb({
    ...{ DATABASE_URL: app.database.url, ENCRYPTION_KEY: randomBytes(32).toString("base64") },
    ...{ SANDBOX_TRAFFIC: "off", SANDBOX_VENDORS_URL: "http://127.0.0.1:9" },
  });
  const pid = pagesProcess([web.pid]);
  process.kill(pid, "SIGSTOP");
  await web.stop();
  expect(web.said()).toBe("");
  expect(existsSync(`/proc/${pid}`)).toBe(false);
});

test("a request that comes too slowly is told so and cut off", async () => {
  const server = openFront({ webhooks: async () => {}, pixel: () => {}, rest: () => {}, failed: () => {} });
  expect(server.headersTimeout).toBeLessThanOrEqual(10_000);
  server.headersTimeout = 100;
  await new Promise<void>((ready) => server.listen(0, ready));
  const said = await raw(
    "POST /webhooks HTTP/1.1\r\nHost: x\r\nX-A: ",
    `http://localhost:${(server.address() as AddressInfo).port}`,
  );
  expect(said).toMatch(/^HTTP\/1\.1 408 [\s\S]*did not arrive in time/);
  server.close();
});
