// Vendors that answer in strange ways, at each of the five: one message's trouble is its own, and the lane goes on.
import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { SLUGS } from "../../sandbox/vendors.ts";
import {
  allOf,
  answerBy,
  blocks,
  end,
  fates,
  front,
  order,
  orders,
  paused,
  reasons,
  to,
  trip,
} from "../support/strange.ts";
import { HOUR } from "../support/trade.ts";

afterEach(() => end());

describe.each(SLUGS)("%s", (slug) => {
  test("a firewall that dislikes one order costs that one, in plain words", async () => {
    await to(slug);
    const ids = await orders(6);
    const [bad = ""] = ids.slice(2);
    answerBy(blocks(403, [bad]));
    await trip.runToTheEnd();
    expect(await fates(slug)).toEqual({ ...allOf(ids, "delivered"), [bad]: "refused" });
    const [said] = (await reasons(slug)).filter(Boolean);
    expect(said).toBe("the answer was 403, but not in the vendor's own words: “Sorry, you have been blocked”");
    expect(await paused()).toEqual({});
  });

  test.each([
    "bad \\ud83d title",
    "bad \\u0000 title",
    `${"x".repeat(295)}😀 is not allowed in a title`,
  ])("words that cannot be kept as they are (%s) end their order, and the lane goes on", async (words) => {
    await to(slug);
    const bad = await order();
    answerBy(({ method, body }, response) => {
      if (method === "GET" || !body.includes(bad)) return false;
      response.writeHead(400, { "content-type": "application/json" }).end(`{"statusCode":400,"error":"${words}"}`);
      return true;
    });
    await trip.runToTheEnd();
    const good = await order();
    await trip.runToTheEnd();
    expect(await fates(slug)).toEqual({ [bad]: "refused", [good]: "delivered" });
    expect((await reasons(slug)).join("").isWellFormed()).toBe(true);
  });

  test.each([
    "1795843200000",
    "86400",
    "99999999999999",
  ])("a wish to wait of %s is heard for an hour at most", async (wish) => {
    await to(slug);
    await orders(1);
    let calls = 0;
    answerBy(({ method }, response) => {
      if (method === "GET" || ++calls > 1) return false;
      response.writeHead(429, { "retry-after": wish, "content-type": "application/json" }).end('{"error":"slow"}');
      return true;
    });
    await trip.run();
    trip.forward(HOUR + 1_000);
    await trip.run();
    expect(Object.values(await fates(slug))).toEqual(["delivered"]);
  });
});

test("a wait is never longer than half of what is left of the window", async () => {
  await to("shopipixel");
  await orders(1);
  await trip.run();
  const [late] = await orders(1);
  answerBy((_asked, response) => {
    response.writeHead(503, { "retry-after": "3600" }).end();
    return true;
  });
  trip.forward(23.5 * HOUR);
  await trip.run();
  const [left] = await trip.road.db.query<{ due: number; wake: number; end: number }>(
    `SELECT extract(epoch FROM d.due_at)::float8 AS due, extract(epoch FROM d.deadline_at)::float8 AS end, extract(epoch FROM l.wake_at)::float8 AS wake
     FROM delivery d JOIN lane l USING (connection_id) WHERE d.subject = $1`,
    [`order:${late}`],
  );
  const now = trip.road.clock().getTime() / 1_000;
  const half = ((left?.end ?? 0) - now) / 2;
  expect((left?.due ?? 0) - now).toBeLessThanOrEqual(half + 5);
  expect((left?.wake ?? 0) - now).toBeLessThanOrEqual(half + 5);
  expect((left?.wake ?? 0) - now).toBeGreaterThan(half - 60);
});

test("a 303 says that it was done, a 307 and a 308 that it was not", async () => {
  await to("alana");
  const answers = [307, 303];
  answerBy((_asked, response) => {
    const status = answers.shift();
    if (!status) return false;
    response.writeHead(status, { location: `${front.url}/elsewhere` }).end();
    return true;
  });
  await orders(1);
  await trip.runToTheEnd();
  expect(Object.values(await fates("alana"))).toEqual(["delivered"]);
  expect(front.asked.map(({ path }) => path)).toEqual(Array(2).fill("/alana/api/v1/events"));
});

test.each(SLUGS)("%s: a documented yes is one with any status of a yes", async (slug) => {
  await to(slug);
  const writeHead = (response: ServerResponse) => {
    const head = response.writeHead.bind(response);
    response.writeHead = ((status: number, headers: Record<string, string>) =>
      head(status === 200 || status === 201 ? 202 : status, headers)) as typeof response.writeHead;
  };
  answerBy((_asked, response) => {
    writeHead(response);
    return false;
  });
  await orders(2);
  await trip.runToTheEnd();
  expect(Object.values(await fates(slug))).toEqual(["delivered", "delivered"]);
});

test("a write that the database refuses for its content is not repeated: the outcome is kept without the words", async () => {
  await to("tolinku");
  const bad = await order();
  answerBy(blocks(400, [bad]));
  const { db } = trip.road;
  const query = db.query.bind(db);
  let refused = 0;
  db.query = async (text, values) => {
    if (JSON.stringify(values ?? []).includes("you have been blocked")) {
      refused += 1;
      throw Object.assign(new Error("unsupported Unicode escape sequence"), { code: "22P05" });
    }
    return query(text, values);
  };
  await trip.run();
  expect(refused).toBe(1);
  expect(await reasons("tolinku")).toEqual(["the vendor's words cannot be kept"]);
  const good = await order();
  await trip.run();
  expect(await fates("tolinku")).toEqual({ [bad]: "refused", [good]: "delivered" });
});
