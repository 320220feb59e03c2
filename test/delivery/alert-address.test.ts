// The address for alerts leads outside: what leads inward, or to another service's port, is refused when it is saved.
import { afterEach, beforeEach, expect, test } from "vitest";
import { alertWays, setAlertUrl } from "../../app/delivery/alerts/ways.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { asTold } from "../support/told.ts";

let trip: TestRoad;
beforeEach(async () => {
  trip = await openTestRoad();
});
afterEach(() => trip.close());

test.each([
  ["https://127.0.0.1/hook", "127.0.0.1 leads to this machine or a private network"],
  ["https://[::ffff:10.0.0.1]/hook", "::ffff:a00:1 leads to this machine or a private network"],
  ["https://localhost:8443/hook", "localhost leads to this machine or a private network"],
  ["https://alerts.example.com:25/hook", "Port 25 is another service's: use 443."],
  ["https://alerts.example.com:6000/hook", "Port 6000 is another service's: use 443."],
])("%s is refused in a sentence when it is saved", async (address, sentence) => {
  const said = asTold(await setAlertUrl(trip.road, SANDBOX_SHOP, "webhook", address));
  expect(said).toContain(`Alerts cannot be posted there. ${sentence}`);
  expect((await alertWays(trip.road, SANDBOX_SHOP)).webhook).toBeNull();
  expect(await setAlertUrl(trip.road, SANDBOX_SHOP, "webhook", "https://alerts.example.com:8443/hook")).toBeNull();
});
