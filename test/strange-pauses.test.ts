// The same answer to several messages, in nobody's own words: it pauses, and nothing of them is lost.
import { afterEach, describe, expect, test } from "vitest";
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
  resume,
  to,
  trip,
} from "./support/strange.ts";

afterEach(() => end());

describe.each([403, 404, 301, 308])("a bare %i to all that is sent", (status) => {
  test("pauses after several, and nothing of it is lost", async () => {
    await to("tolinku");
    const ids = await orders(5);
    answerBy((_asked, response) => {
      response.writeHead(status).end();
      return true;
    });
    await trip.run();
    expect(await fates("tolinku")).toEqual(allOf(ids, "due"));
    expect(await paused()).toEqual({ commerce: expect.stringMatching(`${status}.*3 in a row`) });
    const before = front.asked.length;
    await trip.run();
    expect(front.asked.length).toBe(before);
    answerBy(() => false);
    await resume();
    await trip.runToTheEnd();
    expect(await fates("tolinku")).toEqual(allOf(ids, "delivered"));
  });
});

test("a bare 401 is about the key: it pauses the connection at once", async () => {
  await to("tolinku");
  const ids = await orders(5);
  answerBy((_asked, response) => {
    response.writeHead(401).end();
    return true;
  });
  await trip.run();
  expect(front.asked.length).toBe(1);
  expect(await fates("tolinku")).toEqual(allOf(ids, "due"));
  expect(await trip.road.db.query("SELECT state FROM connection")).toEqual([{ state: "paused" }]);
});

test("one order at a time meets the same pause", async () => {
  await to("tolinku");
  answerBy(blocks(403, ["purchase"]));
  const ids: string[] = [];
  for (let n = 0; n < 3; n += 1) {
    expect(await paused()).toEqual({});
    ids.push(await order());
    await trip.run();
  }
  expect(await paused()).toMatchObject({ commerce: expect.any(String) });
  expect(await fates("tolinku")).toEqual(allOf(ids, "due"));
});

test("orders that were the reason of a pause are no reason for it again: after it the others go", async () => {
  await to("prisjakt");
  const bad = await orders(3);
  answerBy(blocks(403, bad));
  await trip.run();
  const good = await orders(3);
  await trip.run();
  expect(await fates("prisjakt")).toEqual(allOf([...bad, ...good], "due"));
  await resume();
  await trip.runToTheEnd();
  expect(await fates("prisjakt")).toEqual({ ...allOf(bad, "refused"), ...allOf(good, "delivered") });
});
