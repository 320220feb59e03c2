// The stand-in for Shopify is honest: it executes questions against the published schema, refuses in Shopify's shapes, and keeps its tokens' rules.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { refundCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openStandIn, type StandIn } from "../support/stand-in.ts";
import { tokenFor } from "../support/web.ts";

let { shopify, exchange, refresh, ask, happens, sells, now } = {} as StandIn;
beforeEach(async () => {
  ({ shopify, exchange, refresh, ask, happens, sells, now } = await openStandIn());
});
afterEach(() => shopify.stop());

describe("tokens", () => {
  test("an exchange retires the refresh tokens of before at once; their access tokens live on", async () => {
    const first = (await exchange()).json;
    await exchange();
    expect((await refresh(first.refresh_token)).status).toBe(400);
    expect((await ask("{ shop { id } }", {}, first.access_token)).status).toBe(200);
  });

  test("a refresh token that was used stays good until its replacement is used", async () => {
    const first = (await exchange()).json.refresh_token;
    const second = (await refresh(first)).json.refresh_token;
    const again = (await refresh(first)).json.refresh_token;
    expect((await refresh(second)).status).toBe(400);
    expect((await refresh(again)).status).toBe(200);
    expect((await refresh(first)).status).toBe(400);
  });

  test("after an uninstall every token is refused with 401, an hour ends an access token, and a forged one is none", async () => {
    const pair = (await exchange()).json;
    shopify.moveClock(3_600_000);
    expect((await ask("{ shop { id } }", {}, pair.access_token)).status).toBe(401);
    const next = (await refresh(pair.refresh_token)).json;
    expect((await ask("{ shop { id } }", {}, next.access_token)).status).toBe(200);
    await shopify.uninstall();
    expect((await ask("{ shop { id } }", {}, next.access_token)).status).toBe(401);
    expect((await refresh(next.refresh_token)).status).toBe(401);
    expect((await exchange(tokenFor(SANDBOX_SHOP, "another secret"))).status).toBe(400);
  });

  test("an answer can be lost after the work", async () => {
    const pair = (await exchange()).json;
    shopify.troubles.set("token", "lost", 1);
    await expect(refresh(pair.refresh_token)).rejects.toThrow();
    expect((await refresh(pair.refresh_token)).status).toBe(200);
  });
});

describe("questions", () => {
  test("an order and its refund are told in GraphQL's shapes, and a field that there is not is refused", async () => {
    const order = sells();
    happens(refundCreated(order, new Date(now().getTime() + 60_000)));
    const { json } = await ask(
      `query Some($query: String) { orders(first: 5, query: $query, sortKey: UPDATED_AT) {
      nodes { id updatedAt totalPriceSet { shopMoney { amount currencyCode } } displayFinancialStatus
        lineItems(first: 5) { nodes { currentQuantity } }
        refunds { id refundLineItems(first: 5) { nodes { quantity subtotalSet { shopMoney { amount } } } } } } pageInfo { hasNextPage } } }`,
      {
        query: "updated_at:>='2026-11-20T12:00:30Z'",
      },
    );
    expect(json.errors).toBeUndefined();
    const [found] = json.data.orders.nodes;
    expect(found).toMatchObject({ id: order.admin_graphql_api_id, updatedAt: "2026-11-20T12:01:00Z" });
    expect(found.totalPriceSet.shopMoney).toEqual({
      amount: order.total_price.replace(/0$/, ""),
      currencyCode: "EUR",
    });
    expect(found.refunds[0].refundLineItems.nodes).toMatchObject([{ quantity: 1 }]);
    const wrong = await ask("{ orders(first: 1) { nodes { id user_agent } } }");
    expect(wrong.json.errors[0].message).toContain("user_agent");
  });

  test("what needs a scope that was not granted is refused with the access that it requires", async () => {
    shopify.world.granted.delete("read_locales");
    const { status, json } = await ask("{ shop { currencyCode } shopLocales { locale } }");
    expect(status).toBe(200);
    expect(json.errors[0]).toMatchObject({
      message: expect.stringContaining(
        "Access denied for shopLocales field. Required access: `read_locales` access scope",
      ),
      path: ["shopLocales"],
      extensions: { code: "ACCESS_DENIED", requiredAccess: expect.stringContaining("`read_locales`") },
    });
    shopify.world.granted.delete("read_orders");
    expect((await ask("{ orders(first: 1) { nodes { id } } }")).json.errors[0].path).toEqual(["orders"]);
  });

  test("without an approval a person's fields are null, with an error each", async () => {
    sells();
    shopify.world.approved.delete("email");
    const { json } = await ask("{ orders(first: 1) { nodes { id email customer { firstName email } } } }");
    expect(json.data.orders.nodes[0]).toMatchObject({
      email: null,
      customer: { email: null, firstName: expect.any(String) },
    });
    expect(json.errors.map(({ message }: { message: string }) => message)[0]).toContain(
      "not approved to use the email field",
    );
    shopify.world.approved.delete("data");
    expect((await ask("{ customers(first: 1) { nodes { id } } }")).json.errors[0].message).toContain("Customer object");
  });

  test("the bucket drains by what a question costs, refuses with 200 and THROTTLED, and fills again", async () => {
    const access = (await exchange()).json.access_token;
    const many = () => ask("{ orders(first: 250) { nodes { id customer { id } } } }", {}, access);
    const cost = (await many()).json.extensions.cost;
    expect(cost).toMatchObject({
      requestedQueryCost: 502,
      throttleStatus: { maximumAvailable: 2000, restoreRate: 100 },
    });
    shopify.leave(10);
    const { status, json } = await many();
    expect([status, json.errors[0].extensions.code, json.extensions.cost.throttleStatus.currentlyAvailable]).toEqual([
      200,
      "THROTTLED",
      10,
    ]);
    shopify.moveClock(5_000);
    expect((await many()).json.errors).toBeUndefined();
  });

  test("orders of more than sixty days are hidden, and the index knows of a change later than the order itself", async () => {
    sells(new Date(now().getTime() - 61 * 86_400_000));
    const orders = async () => (await ask("{ orders(first: 9) { nodes { id } } }")).json.data.orders.nodes.length;
    expect(await orders()).toBe(0);
    shopify.world.granted.add("read_all_orders");
    expect(await orders()).toBe(1);
    shopify.world.indexLag = 5_000;
    shopify.moveClock(10_000);
    const fresh = sells();
    shopify.moveClock(1);
    const one = await ask("query One($id: ID!) { order(id: $id) { id } }", { id: fresh.admin_graphql_api_id });
    expect(one.json.data.order).not.toBeNull();
    shopify.moveClock(4_998);
    expect(await orders()).toBe(1);
    shopify.moveClock(1);
    expect(await orders()).toBe(2);
  });

  test("the pixel is taken, missing or wrong as Shopify says it", async () => {
    const create = async (settings: object) =>
      (
        await ask(
          "mutation M($p: WebPixelInput!) { webPixelCreate(webPixel: $p) { webPixel { id } userErrors { code } } }",
          { p: { settings: JSON.stringify(settings) } },
        )
      ).json.data.webPixelCreate.userErrors.map(({ code }: { code: string }) => code);
    const right = { endpoint: "https://app.example.com/pixel", publicKey: "key" };
    expect((await ask("{ webPixel { id } }")).json.errors).toHaveLength(1);
    shopify.world.pixelDeployed = false;
    expect(await create(right)).toEqual(["NO_EXTENSION"]);
    shopify.world.pixelDeployed = true;
    expect(await create({ accountID: "1" })).toEqual(["INVALID_SETTINGS"]);
    expect(await create(right)).toEqual([]);
    expect(await create(right)).toEqual(["TAKEN"]);
  });
});
