// Session tokens that are signed rightly and say what Shopify never says: a no with a sentence, and no fault of ours.
import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSeen } from "../../app/shopify/seen.ts";
import { HUMAN } from "../support/browser.ts";
import { API_KEY, API_SECRET, openRealApp, type RealApp, SHOP, tokenOf } from "../support/shopify.ts";
import { framed } from "../support/web.ts";

let app: RealApp;
beforeAll(async () => {
  app = await openRealApp();
});
afterAll(() => app?.close());

const now = () => Math.floor(Date.now() / 1000);
/** As Shopify's, but for what is given: JSON text, or undefined for a claim that is not there. */
function token(claims: Record<string, unknown>): string {
  const usual = { iss: `https://${SHOP}/admin`, dest: `https://${SHOP}`, aud: API_KEY, sub: "42", jti: "1" };
  const part = (json: object) => Buffer.from(JSON.stringify(json).replace('"huge"', "1e300")).toString("base64url");
  const times = { exp: now() + 60, nbf: now() - 5, iat: now() - 5 };
  const said = `${part({ alg: "HS256", typ: "JWT" })}.${part({ ...usual, ...times, ...claims })}`;
  return `${said}.${createHmac("sha256", API_SECRET).update(said).digest("base64url")}`;
}
async function ask(path: string, headers: Record<string, string> = {}) {
  const all = { "user-agent": HUMAN, "sec-fetch-dest": "iframe", ...headers };
  const answer = await fetch(app.web.url + path, { headers: all, redirect: "manual" });
  return { status: answer.status, said: await answer.text() };
}

test.each([
  ...[null, 7, {}, [], "", "x", SHOP, "https://evil.example.com", "https://x.myshopify.com.evil.com", "data:,x"].map(
    (dest) => ({ dest }),
  ),
  ...["https://", "https://a b", "//x", undefined, true, "https://admin.shopify.com/store/x"].map((dest) => ({ dest })),
  ...["huge", -1, 1e15, "1", null, undefined, {}].map((iat) => ({ iat })),
])("%j is answered with a sentence", async (claims) => {
  const given = token(claims);
  for (const path of [
    "/app?_data=routes%2Fapp",
    "/app/settings?_data=routes%2Fapp.settings",
    "/app/reports/1?from=a",
  ]) {
    const { status, said } = await ask(path, { authorization: `Bearer ${given}` });
    expect([400, 401], `${path} ${said}`).toContain(status);
    expect(said, path).toMatch(/[a-z]+ [a-z]+/);
  }
  const page = await ask(`${framed("/app", SHOP)}&id_token=${given}`);
  expect([400, 401], page.said.slice(0, 200)).toContain(page.status);
  expect(page.said).toContain("Shopify did not confirm who you are");
  expect(app.web.said()).toBe("");
});

test("a time that is ahead is noted as now, so that the next one counts again", async () => {
  const { db } = app.database;
  await ask(`${framed("/app", SHOP)}&id_token=${tokenOf()}`);
  const ahead = await ask("/app?_data=routes%2Fapp", { authorization: `Bearer ${token({ iat: now() + 86_400 })}` });
  const [shop] = await db.query<{ ahead: boolean }>("SELECT seen_at > now() AS ahead FROM shop");
  expect([ahead.status < 500, shop?.ahead]).toEqual([true, false]);
  let clock = new Date();
  const seen = openSeen(db, () => clock);
  await seen(SHOP, now() + 1_000_000);
  clock = new Date(clock.getTime() + 5_000);
  await seen(SHOP, clock.getTime() / 1000);
  const [row] = await db.query<{ seen: Date }>("SELECT seen_at AS seen FROM shop");
  expect(row?.seen.getTime()).toBe(clock.getTime());
});
