// Nothing secret and nothing of a person comes into the logs, or into what is kept of the vendors' words; on the real programs.
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BUYERS, type Buyer } from "../../sandbox/shop/catalogue.ts";
import {
  asRequest,
  checkoutCreated,
  customerCreated,
  newBasket,
  newCheckoutToken,
  newOrder,
  orderCreated,
} from "../../sandbox/shop.ts";
import { signWebhook } from "../../sandbox/sign.ts";
import { type App, startApp } from "../support/app.ts";

const key = randomBytes(32).toString("base64");
const buyer: Buyer = {
  ...(BUYERS[0] as Buyer),
  firstName: "Markfirst",
  lastName: "Marklast",
  email: "markmail@example.com",
  phone: "+4930231259991",
  street: "Markstreet 7",
};
const personal = ["Markfirst", "Marklast", "markmail", "30231259991", "Markstreet"];
const secret = [
  "sp_sandbox",
  "ak_sandbox",
  "sandbox-client-secret",
  "tolk_sec_sandbox",
  "sandbox-shopimind-key",
  "sandbox-secret",
  key,
];

let app: App;
beforeAll(async () => {
  app = await startApp({ env: { LOG_LEVEL: "trace", ENCRYPTION_KEY: key } });
});
afterAll(() => app?.stop());

/** As Shopify does: again, where the database was slow. */
async function send(body: string | Uint8Array, headers: Record<string, string>): Promise<void> {
  for (;;) {
    const { status } = await fetch(`${app.url}/webhooks`, { method: "POST", body: body as BodyInit, headers });
    if (status === 200 || status === 401) return; // 401: signed, but no JSON object
    expect(status).toBe(503);
    await sleep(200);
  }
}
const order = async (change: object = {}, who = buyer) => {
  const webhook = orderCreated({ ...newOrder({ buyer: who }), ...change });
  const { body, headers } = asRequest(webhook);
  await send(body, headers);
};
const raw = (topic: string, body: string) => send(body, signWebhook({ topic, body }));
const query = <Row>(text: string) => app.database.db.query<Row>(text);

/** Until everything is read, and every delivery was tried or is settled. */
async function settled(): Promise<void> {
  for (;;) {
    const [row] = await query<{ open: number }>(
      `SELECT (SELECT count(*) FROM webhook WHERE state = 'received') + (SELECT count(*) FROM delivery d JOIN connection c ON c.id = d.connection_id
         WHERE d.state = 'due' AND d.attempts = 0 AND d.reason_code IS NULL AND c.state = 'on' AND NOT EXISTS (
           SELECT 1 FROM lane l WHERE l.connection_id = c.id AND l.failures > 0)) AS open`,
    );
    if (Number(row?.open) === 0) return;
    await sleep(50);
  }
}

test("neither the logs nor the books of attempts, reasons and pauses hold a person's data or a key", async () => {
  for (const webhook of [customerCreated(buyer), checkoutCreated(newBasket(), newCheckoutToken(), buyer)]) {
    const { body, headers } = asRequest(webhook);
    await send(body, headers);
  }
  await order();
  // ShopiMind refuses an address without a dot, and quotes all that it was sent.
  await order({}, { ...buyer, id: 7_330_041_299_999, email: "markmail@localhost" });
  await order({ currency: "ZZZ", presentment_currency: "ZZZ" });
  await raw("orders/create", `no json: ${personal.join(" ")}`);
  await raw("orders/create", JSON.stringify({ id: personal.join(), email: buyer.email }));
  await raw("customers/update", JSON.stringify({ id: "\u0000markmail@example.com", first_name: ["Markfirst"] }));
  await settled();
  for (const mode of ["nonsense", "500", "lost", "401"] as const) {
    for (const slug of ["shopipixel", "alana", "prisjakt", "tolinku", "shopimind"] as const)
      app.vendors.misbehave(slug, mode);
    await order();
    await settled();
  }
  // The programs meet a database that goes away as well.
  await query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'switchyard%'",
  );
  await order();
  await settled();

  const books = JSON.stringify([
    await query("SELECT answer, outcome FROM attempt"),
    await query("SELECT reason_values FROM delivery"),
    await query("SELECT reason_values FROM webhook"),
    await query("SELECT reason_values, settings, secrets FROM connection"),
    await query("SELECT paused_channels FROM lane"),
    await query("SELECT reason_values FROM alert"),
  ]);
  expect(books).toContain("rejected_items");
  expect(app.logs()).not.toBe("");
  for (const mark of [...personal, ...secret]) {
    expect(app.logs().includes(mark), `${mark} in the logs`).toBe(false);
    expect(books.includes(mark), `${mark} in the books`).toBe(false);
  }
});
