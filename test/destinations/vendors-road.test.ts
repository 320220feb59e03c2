// What a vendor's answers mean on the whole way: the least that its document promises is enough, and a no that may pass is tried once more.
import { afterEach, beforeEach, expect, test } from "vitest";
import { order, product } from "../support/payloads.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";

type Answering = (call: string, heard: number) => { status: number; json?: unknown } | null;
let trip: TestRoad;
/** The calls to ShopiMind, in their order. */
let calls: string[];
/** Answers in the vendor's place; null: the vendor itself does. */
let answering: Answering;

const vendor: typeof fetch = async (input, init) => {
  const { pathname } = new URL(String(input instanceof Request ? input.url : input));
  if (!pathname.startsWith("/shopimind")) return fetch(input, init);
  const call = `${init?.method} ${pathname.slice("/shopimind/v1/".length)}`;
  calls.push(call);
  const answer = answering(call, calls.filter((one) => one === call).length);
  return answer ? new Response(JSON.stringify(answer.json ?? ""), { status: answer.status }) : fetch(input, init);
};

beforeEach(async () => {
  calls = [];
  answering = () => null;
  trip = await openTestRoad({ fetch: vendor });
});
afterEach(() => trip.close());

const of = (call: string) => calls.filter((one) => one === call).length;
const orders = async () => (await trip.states("shopimind")).filter(({ kind }) => kind === "order.updated");

test("a bulk-delete that is answered 200 and nothing else is done once, and holds up no order", async () => {
  const two = [601, 602].map((id) => ({ id, title: "Blue", price: "12.50", position: id - 600 }));
  await trip.hear("products/create", product({ variants: two, updated_at: "2026-11-21T18:00:00+01:00" }));
  await trip.run();
  await trip.hear("products/update", product({ variants: two.slice(0, 1), updated_at: "2026-11-21T18:01:00+01:00" }));
  await trip.hear("orders/create", order());
  await trip.run();
  expect(of("POST products/501/variations/bulk-delete")).toBe(1);
  expect((await orders()).map(({ state }) => state)).toEqual(["delivered"]);
  expect((await trip.states("shopimind")).filter(({ state }) => state === "due")).toEqual([]);
});

test("a failure that ShopiMind tells as a 400 is tried once more, and passes", async () => {
  answering = (call, heard) =>
    call === "POST orders" && heard === 1
      ? { status: 400, json: { statusCode: 400, message: "Internal error" } }
      : null;
  await trip.hear("orders/create", order());
  await trip.run();
  expect(await orders()).toMatchObject([
    { state: "due", reason: "ShopiMind refused it (400): “Internal error” (tried once more)" },
  ]);
  await trip.runToTheEnd();
  expect(await orders()).toMatchObject([{ state: "delivered" }]);
  expect(of("POST orders")).toBe(2);
});

test("a 400 that stays is refused at the second try, in ShopiMind's words, and costs no other order anything", async () => {
  answering = (call) =>
    call === "POST orders" ? { status: 400, json: { statusCode: 400, message: ["amount must be a number"] } } : null;
  await trip.hear("orders/create", order());
  await trip.runToTheEnd();
  expect(await orders()).toMatchObject([
    { state: "refused", reason: "ShopiMind refused it (400): “amount must be a number”" },
  ]);
  expect(of("POST orders")).toBe(2);
  answering = () => null;
  await trip.hear("orders/create", order({ id: 4002, updated_at: "2026-11-20T18:00:04+01:00" }));
  await trip.run();
  expect((await orders()).map(({ state }) => state)).toEqual(["refused", "delivered"]);
});

test("also where it failed otherwise before", async () => {
  const answers = [500, 400, 400];
  answering = (call, heard) => {
    const status = call === "POST orders" ? answers[heard - 1] : undefined;
    return status ? { status, json: { statusCode: status, message: "Oops" } } : null;
  };
  await trip.hear("orders/create", order());
  await trip.runToTheEnd();
  expect(await orders()).toMatchObject([{ state: "refused", reason: "ShopiMind refused it (400): “Oops”" }]);
  expect(of("POST orders")).toBe(3);
});
