// ShopiMind: amounts to two decimals, and what a strict vendor makes of the messages.
import { expect, test } from "vitest";
import type { Message } from "../../app/destinations/destination.ts";
import { openHttp } from "../../app/destinations/http.ts";
import { happened } from "../../app/destinations/sample-events.ts";
import { amount } from "../../app/destinations/shopimind/forms.ts";
import shopimind from "../../app/destinations/shopimind/index.ts";
import { perPiece } from "../../app/events/decimal.ts";
import type { EventKind } from "../../app/events/event.ts";
import { startVendors } from "../../sandbox/vendors.ts";

const settings = { apiKey: "sandbox-shopimind-key-0001", triggers: "on", dataSource: "" };

test.each([
  ["10", 3, "3.33"],
  ["20", 3, "6.67"],
  ["0.05", 10, "0.01"],
  ["0.04", 10, "0.00"],
  ["1.005", 1, "1.01"],
  ["-0.015", 1, "-0.02"],
  ["90071992547409930.10", 1, "90071992547409930.10"],
])("%s shared by %i is %s", (total, pieces, each) => {
  expect(perPiece(total, pieces)).toBe(each);
});

test("an amount keeps its digits, up to two behind the point", () => {
  expect(JSON.stringify(["1000", "12.5", "12.50", "29.905"].map(amount))).toBe("[1000,12.5,12.50,29.91]");
});

test("a strict vendor takes what is said of every event, in the channels' order, without a breach", async () => {
  const vendors = await startVendors({ budgets: false });
  try {
    const headers = shopimind.headers(settings);
    const strict = openHttp({ baseUrl: `${vendors.url}/shopimind`, headers, fetch: globalThis.fetch });
    for (const channel of Object.keys(shopimind.channels)) {
      for (const { message, event } of said().filter((one) => one.message.channel === channel)) {
        const needs = shopimind.prepare?.needs(message, event) ?? [];
        expect(await shopimind.prepare?.declare(needs, settings, strict)).toEqual({
          outcome: null,
          refused: new Map(),
        });
        const [outcome] = await shopimind.send(channel, [message], settings, strict);
        expect(outcome, message.id).toMatchObject({ is: "delivered" });
      }
    }
    expect(vendors.ledger("shopimind").breaches).toEqual([]);
  } finally {
    await vendors.stop();
  }
});

function said() {
  return (Object.keys(shopimind.on) as EventKind[]).flatMap((kind) => {
    const event = happened(kind);
    const say = shopimind.on[kind] as (event: unknown, settings: object) => Message | Message[] | { skip: string };
    const messages = say(event, settings);
    return "skip" in messages ? [] : [messages].flat().map((message) => ({ message, event }));
  });
}
