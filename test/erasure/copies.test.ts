// What a vendor said of an erased person is gone from other people's deliveries, too, and these go on as if nothing had been cut.
import { afterEach, expect, test } from "vitest";
import { forgetCustomer } from "../../app/shopify/compliance.ts";
import { orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { answerBy, end, fates, orders, reasons, to, trip } from "../support/strange.ts";
import { DAY, HOUR } from "../support/trade.ts";

afterEach(() => end());

const NAME = "Qqmarked";
/** Their order; with it others are sent, or wait. */
async function theirs(): Promise<string> {
  const one = trip.order() as unknown as { customer: object };
  const customer = { ...one.customer, id: 6_400_000_777_001, first_name: NAME, email: "qq@example.com" };
  const email = "qq@example.com";
  await trip.take(orderCreated({ ...one, email, contact_email: email, customer } as never));
  return "6400000777001";
}
const says = (status: number, error: string) =>
  answerBy(({ method }, response) => {
    if (method === "GET") return false;
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ error }));
    return true;
  });
const marked = async () =>
  (
    await trip.road.db.query<{ row: string }>(
      "SELECT left(t::text, 300) AS row FROM (SELECT id::text, state, reason_values::text AS reason FROM delivery UNION ALL SELECT connection_id::text, 'lane', paused_channels::text FROM lane UNION ALL SELECT id::text, 'attempt', answer FROM attempt) t WHERE t::text ~* $1",
      [NAME],
    )
  ).map(({ row }) => row);

test("the sentence of a pause is cut wherever something waits in it, and what waits goes when the channel opens", async () => {
  await to("tolinku");
  const id = await theirs();
  says(403, `No plan for the orders of ${NAME}`);
  await trip.run();
  const others = await orders(3);
  await trip.run();
  expect((await marked()).length).toBeGreaterThan(4);
  await forgetCustomer(trip.road, SANDBOX_SHOP, id);
  expect(await marked()).toEqual([]);
  answerBy(() => false);
  trip.forward(HOUR + 1_000);
  await trip.run();
  expect(await fates("tolinku")).toMatchObject(Object.fromEntries(others.map((one) => [one, "delivered"])));
});

test.each([429, 503])("the sentence of a %i is cut at all that were sent together", async (status) => {
  await to("tolinku");
  const id = await theirs();
  await orders(3);
  says(status, `Too busy with ${NAME}`);
  await trip.run();
  expect((await marked()).length).toBeGreaterThan(4);
  await forgetCustomer(trip.road, SANDBOX_SHOP, id);
  expect(await marked()).toEqual([]);
});

test("so is that of what came to its end behind it", async () => {
  await to("tolinku");
  const id = await theirs();
  says(403, `No plan for the orders of ${NAME}`);
  await trip.run();
  await orders(3);
  await trip.run();
  trip.forward(4 * DAY);
  await trip.run();
  expect((await reasons("tolinku")).filter((reason) => reason?.includes(NAME)).length).toBeGreaterThan(3);
  await forgetCustomer(trip.road, SANDBOX_SHOP, id);
  expect(await marked()).toEqual([]);
});
