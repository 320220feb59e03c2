// A form that another site sends, or one that cannot be told from it, is answered with a sentence, whatever stands in front of the app.
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HUMAN } from "../support/browser.ts";
import { openRealApp, type RealApp, SHOP, tokenOf } from "../support/shopify.ts";
import { framed } from "../support/web.ts";

let app: RealApp;
beforeAll(async () => {
  app = await openRealApp();
});
afterAll(() => app?.close());

const SETTINGS = "/app/settings?_data=routes%2Fapp.settings";
const PATHS = ["/", "/app", SETTINGS, framed("/app/settings", SHOP), "/nope", "/sandbox", "/PIXEL/x", "/auth/login"];

/** As it is, to the app: `fetch` sends no Host, and no Origin twice. @returns status and body */
function post(path: string, headers: string[], withToken: boolean): Promise<[status: number, said: string]> {
  const body = "intent=alert-url&url=";
  const type = "Content-Type: application/x-www-form-urlencoded";
  const own = [`User-Agent: ${HUMAN}`, type, `Content-Length: ${body.length}`, "Connection: close"];
  const all = [...headers, ...own, ...(withToken ? [`Authorization: Bearer ${tokenOf()}`] : [])].join("\r\n");
  return new Promise((resolve, reject) => {
    let told = "";
    const socket = connect(Number(new URL(app.web.url).port), "localhost");
    socket.setEncoding("utf8").on("data", (text: string) => (told += text));
    socket.on("error", reject);
    socket.on("close", () => resolve([Number(told.slice(9, 12)), told.slice(told.indexOf("\r\n\r\n") + 4)]));
    socket.write(`POST ${path} HTTP/1.1\r\n${all}\r\n\r\n${body}`);
  });
}
const host = () => new URL(app.web.url).host;

test.each([
  ...["null", "https://evil.example.com", "http://localhost:1", "nonsense", "://", "https://", "\u00ff", "file://"],
  ...["https://app.example.com.evil.com", "https://app.example.com:8443", "data:,x", "null, null"],
])("Origin: %s is refused at every path, with a token and without one", async (origin) => {
  for (const path of PATHS)
    for (const withToken of [true, false]) {
      const [status, said] = await post(path, [`Host: ${host()}`, `Origin: ${origin}`], withToken);
      expect([400, 403], path).toContain(status);
      expect(said, path).toBe("the form was not sent by a page of this app\n");
    }
});

test("two Origins are refused, also where both are right", async () => {
  const origin = `Origin: ${app.web.url}`;
  expect((await post(SETTINGS, [`Host: ${host()}`, origin, origin], true))[0]).toBe(403);
});

test("the app's own pages are heard: by the host that was asked, by the app's own address behind any proxy, or with no Origin at all", async () => {
  for (const headers of [
    [`Host: ${host()}`, `Origin: ${app.web.url}`],
    ["Host: inside:8080", "Origin: https://app.example.com"],
    ["Host: inside", "Origin: https://app.example.com", "X-Forwarded-Host: other.example.com"],
    ["Host: LOCALHOST:443", "Origin: https://localhost"],
    [`Host: ${host()}`],
  ])
    expect(await post(SETTINGS, headers, true), headers.join()).toEqual([200, expect.stringContaining("alertError")]);
});

test("a form to a page that takes none is answered in a sentence", async () => {
  for (const path of ["/", "/auth/exit-iframe", "/app/reports/x", "/?index"])
    expect(await post(path, [`Host: ${host()}`], true), path).toEqual([405, "this page takes no form\n"]);
});

test("and none of it is a fault of ours", () => {
  expect(app.web.said()).toBe("");
});
