// A vendor that says no to a question about what is in doubt: it is asked again, and its no is no word on the purchase.
import { afterEach, describe, expect, test } from "vitest";
import { loseAnswer } from "../support/doubt.ts";
import { answerBy, end, front, order, to, trip } from "../support/strange.ts";
import { HOUR } from "../support/trade.ts";

afterEach(() => end());

const NOS: [number, string][] = [
  [401, '{"error":"unauthorized","title":"Unauthorized","message":"Unauthorized"}'],
  [401, ""],
  [403, '{"error":"Forbidden","title":"Forbidden","message":"Forbidden"}'],
  [403, '{"error":"Permission events:read required","title":"Forbidden","message":"Forbidden resource"}'],
  [403, "<html>Blocked</html>"],
  [400, '{"error":"bad","title":"Bad","message":"bad"}'],
  [404, "<html>Not found</html>"],
  [500, ""],
];

/** So long each may be sent again; after that it is asked about. */
const LATE = { shopipixel: 1, tolinku: 24 };

async function inDoubt(slug: "shopipixel" | "tolinku"): Promise<string> {
  await to(slug);
  loseAnswer(trip, slug);
  const id = await order();
  await trip.run();
  trip.forward(LATE[slug] * HOUR);
  return id;
}

const no = ([status, body]: [number, string]) =>
  answerBy(({ method }, response) => {
    if (method !== "GET") return false;
    response.writeHead(status, { "content-type": "application/json" }).end(body);
    return true;
  });

describe.each(["shopipixel", "tolinku"] as const)("%s", (slug) => {
  test.each(NOS)("%i %s to the question leaves it owed, and it is delivered once the vendor tells", async (...said) => {
    await inDoubt(slug);
    no(said);
    for (let time = 0; time < 3; time += 1) {
      await trip.run();
      trip.forward(HOUR);
    }
    expect(front.asked.filter(({ method }) => method === "GET").length).toBeGreaterThan(2);
    expect(await trip.purchaseOf(slug)).toMatchObject([
      { state: "due", reason: expect.stringContaining(`in vain: the vendor answered ${said[0]}`) },
    ]);
    answerBy(() => false);
    await trip.runToTheEnd();
    expect(await trip.purchaseOf(slug)).toMatchObject([{ state: "delivered" }]);
    expect(trip.purchases(slug)).toMatchObject([{ counted: 1 }]);
  });
});

describe.each(["prisjakt", "shopimind"] as const)("%s, once the time to send is over", (slug) => {
  test.each(NOS.slice(0, 4))("is asked again after a %i %s", async (status, body) => {
    await to(slug);
    loseAnswer(trip, slug);
    await order();
    await trip.run();
    answerBy(({ method }, response) => {
      response.writeHead(method === "GET" ? status : 500, { "content-type": "application/json" }).end(body);
      return true;
    });
    for (let time = 0; time < 16; time += 1) {
      trip.forward(5 * HOUR);
      await trip.run();
    }
    expect(await trip.purchaseOf(slug)).toMatchObject([
      { state: "due", reason: expect.stringContaining(`in vain: the vendor answered ${status}`) },
    ]);
    answerBy(() => false);
    await trip.runToTheEnd();
    expect(await trip.purchaseOf(slug)).toMatchObject([{ state: "delivered" }]);
  });
});

test("what a person wished to be sent again is sent, also where the key may never read", async () => {
  await inDoubt("tolinku");
  no([403, '{"error":"Forbidden"}']);
  await trip.run();
  await trip.road.db.query("UPDATE delivery SET insisted = true, due_at = now() WHERE kind = 'order.placed'");
  trip.forward(HOUR);
  await trip.runToTheEnd();
  expect(await trip.purchaseOf("tolinku")).toMatchObject([{ state: "delivered" }]);
});
