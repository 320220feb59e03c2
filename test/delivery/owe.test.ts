// What a connection is owed: from the second of its birth on.
import { expect, test } from "vitest";
import { readRules } from "../../app/delivery/connections/rules.ts";
import { owe } from "../../app/delivery/normalize/owe.ts";
import { destinationOf } from "../support/destination-of.ts";
import { order } from "../support/payloads.ts";
import { Books } from "../support/readings.ts";

test("a purchase counts that was placed in the second in which the connection was made, and none of the second before", () => {
  const sheet = destinationOf("tolinku");
  const books = new Books();
  books.hear({ topic: "orders/create", body: order({ processed_at: "2026-11-20T18:00:00+01:00" }) });
  const skipped = (since: string) =>
    books.of("order.placed").map((event) => {
      const to = { id: "1", destination: "tolinku", account: "a", since: new Date(since), rules: readRules({}) };
      return sheet && owe(event, sheet, { ...to, consentGiven: true, pixelOn: false })?.skip;
    });
  expect(skipped("2026-11-20T17:00:00.999Z")).toEqual([null]);
  expect(skipped("2026-11-20T17:00:01.000Z")).toMatchObject([{ code: "before_connection" }]);
});
