// Bulk operations of the stand-in for Shopify: their states, their file, and what can be wrong with it.
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStandIn, type StandIn } from "../support/stand-in.ts";

let { shopify, ask, sells } = {} as StandIn;
beforeEach(async () => {
  ({ shopify, ask, sells } = await openStandIn());
});
afterEach(() => shopify.stop());

const RUN =
  "mutation R($query: String!) { bulkOperationRunQuery(query: $query) { bulkOperation { id status } userErrors { code message } } }";
const STATE = "query S($id: ID!) { bulkOperation(id: $id) { status errorCode url partialDataUrl objectCount } }";
const ORDERS =
  "{ orders { edges { node { __typename id lineItems { edges { node { __typename id quantity } } } } } } }";
const run = async (query = ORDERS) => (await ask(RUN, { query })).json.data.bulkOperationRunQuery;
const state = async (id: string) => (await ask(STATE, { id })).json.data.bulkOperation;
const file = (url: string) => fetch(url.replace("https://", `${shopify.url}/`));

beforeEach(() => {
  for (let n = 0; n < 3; n += 1) sells();
});

test("one runs, and ends with a file of lines: children apart from their parents", async () => {
  const { bulkOperation, userErrors } = await run();
  expect([bulkOperation.status, userErrors]).toEqual(["CREATED", []]);
  shopify.moveClock(500);
  expect(await state(bulkOperation.id)).toMatchObject({ status: "RUNNING", url: null });
  shopify.moveClock(500);
  const { status, url } = await state(bulkOperation.id);
  expect(status).toBe("COMPLETED");
  const lines = (await (await file(url)).text())
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.slice(0, 3).map(({ __typename }) => __typename)).toEqual(["Order", "Order", "Order"]);
  for (const line of lines.slice(3))
    expect(line).toMatchObject({ __typename: "LineItem", __parentId: expect.stringContaining("Order/") });
});

test("it can fail with a part, break off in its last line, and be over", async () => {
  (await shopify.admin()).bulk.setFate({ ends: "FAILED", errorCode: "TIMEOUT", lines: 2, truncated: true });
  const { bulkOperation } = await run();
  shopify.moveClock(1_000);
  const failed = await state(bulkOperation.id);
  expect(failed).toMatchObject({ status: "FAILED", errorCode: "TIMEOUT", url: null });
  const lines = (await (await file(failed.partialDataUrl)).text()).split("\n");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ __typename: "Order" });
  expect(() => JSON.parse(lines[1] ?? "")).toThrow();
  shopify.moveClock(8 * 86_400_000);
  expect((await file(failed.partialDataUrl)).status).toBe(400);
});

test("at most five at once, none with a connection inside a plain list, and without the scope it fails", async () => {
  const nested = "{ orders { edges { node { id refunds { id refundLineItems { edges { node { quantity } } } } } } } }";
  expect((await run(nested)).userErrors).toMatchObject([{ code: "INVALID" }]);
  for (let n = 0; n < 5; n += 1) expect((await run()).userErrors).toEqual([]);
  expect((await run()).userErrors).toMatchObject([{ code: "OPERATION_IN_PROGRESS" }]);
  shopify.moveClock(1_000);
  shopify.world.granted.delete("read_orders");
  const { bulkOperation } = await run();
  shopify.moveClock(1_000);
  expect(await state(bulkOperation.id)).toMatchObject({ status: "FAILED", errorCode: "ACCESS_DENIED" });
});
