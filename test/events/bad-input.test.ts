// Bodies that are no good, and the real payloads where they are at hand.
import { expect, test } from "vitest";
import { read } from "../../app/events/read.ts";
import { real, tryMutations } from "../support/mutations.ts";
import { bytes, order } from "../support/payloads.ts";
import { heard } from "../support/readings.ts";
import { asTold } from "../support/told.ts";

const reason = (body: Uint8Array) => {
  const reading = read(heard("orders/create", body));
  return reading.is === "unreadable" ? asTold(reading.reason) : reading.is;
};
const text = (body: string) => reason(new TextEncoder().encode(body));

test("a body that is no JSON object is named unreadable, without quoting it", () => {
  expect(text("")).toBe("The body is empty.");
  expect(text("[]")).toBe("The body is JSON, but not an object.");
  expect(text('"nora@example.com"')).toBe("The body is JSON, but not an object.");
  expect(text('{"email": nora@example.com}')).toBe("The body is not JSON: it breaks off at character 10.");
  expect(text(`{"id":${"[".repeat(1_000_000)}`)).toBe("The body is nested more than 60 deep.");
});

test("a name that comes twice counts as it was written last", () => {
  const body = new TextDecoder().decode(bytes(order({ customer: null }))).replace("{", '{"id":1,');
  const reading = read(heard("orders/create", new TextEncoder().encode(body)));
  expect(reading.is === "events" && reading.normalize(() => undefined).events[0]?.key).toBe("purchase:4001");
});

test("webhooks that are spoilt in every way are read, or named unreadable", () => {
  const figures = tryMutations(2_000, 7);
  expect(figures.faults).toEqual([]);
  expect(figures.is.events).toBeGreaterThan(800);
  expect(figures.is.unreadable).toBeGreaterThan(100);
});

test.skipIf(real().length === 0)("the real payloads are read, all of them", () => {
  const unreadable = real().flatMap(({ topic, name, body }) => {
    const reading = read(heard(topic, body));
    if (reading.is === "events") reading.normalize(() => undefined);
    return reading.is === "unreadable" ? [[name.split("/")[0], asTold(reading.reason)]] : [];
  });
  // They are of other shops than the header's, or of none: what destroys something is then not heard.
  const another = "The body names another shop than the header.";
  expect(Object.fromEntries(unreadable)).toEqual({
    "app-uninstalled": "The body does not say which shop it is of, and without that this topic has no effect.",
    "customers-data_request": another,
    "customers-redact": another,
    "shop-redact": another,
  });
});

test.skipIf(real().length === 0)("the amounts of the real orders add up", () => {
  for (const { topic, name, body } of real().filter((one) => one.topic.startsWith("orders/"))) {
    const reading = read(heard(topic, body));
    if (reading.is !== "events") continue;
    const placed = reading.normalize(() => undefined).events.find((event) => event.kind === "order.placed");
    if (placed?.kind !== "order.placed") throw new Error(name);
    const { amounts, presentment } = placed.order;
    if (name === "orders-create/multi-currency-1.json") {
      expect(amounts).toMatchObject({ currency: "AUD", total: "60.33", shipping: "10.15" });
      expect(presentment).toMatchObject({ currency: "USD", total: "45.85", shipping: "7.71" });
    } else expect(presentment).toBeNull();
  }
});
