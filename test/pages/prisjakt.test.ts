// Prisjakt's page: a disabled pixel is enabled there, and what waited for it goes at once.
import { expect, test } from "vitest";
import { newClickId } from "../../sandbox/shop.ts";
import { merchantAtPages } from "../support/merchant.ts";

const merchant = merchantAtPages({ anew: false });
const PIXEL = "/prisjakt/pixels/11111111-1111-4111-8111-111111111111";
const credentials = { "client-id": "sandbox-client", "client-secret": "sandbox-client-secret" };
const states = async () => (await merchant.admin.trip.states("prisjakt")).map(({ state }) => state);

test("a disabled pixel is enabled from its page, and what waited goes at once", async () => {
  const { trip } = merchant.admin;
  const body = JSON.stringify({ enabled: false });
  const headers = { ...credentials, "content-type": "application/json" };
  expect((await fetch(trip.vendors.url + PIXEL, { method: "PATCH", headers, body })).status).toBe(204);
  await merchant.admin.place({ clickId: newClickId() });
  expect(await states()).toEqual(["due"]);
  await merchant.open("/app/prisjakt");
  const { page } = merchant.tab;
  await page
    .getByText(/It is tried (again in|now)/)
    .first()
    .waitFor();
  await page.getByRole("button", { name: "Test connection" }).click();
  await page.getByRole("button", { name: "Enable the pixel" }).click();
  const findings = page.getByRole("list", { name: "What the test found" });
  await findings.getByText("The pixel is there and enabled.").waitFor();
  await trip.run();
  expect(await states()).toEqual(["delivered"]);
});
