// The one server of the web process, alone: which door a request is for, and what is answered where a door has a fault of its own.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openFront } from "../../app/doors/front.ts";

const FAULT = new Error("a fault of ours");
const says = (what: string) => (_request: IncomingMessage, response: ServerResponse) => void response.end(what);

let url: string;
let faults: unknown[];
let close: () => Promise<void>;
beforeEach(async () => {
  faults = [];
  const server = openFront({
    async webhooks(request, response) {
      if (request.method !== "POST") throw FAULT;
      says("webhooks")(request, response);
    },
    pixel: says("pixel"),
    rest: says("rest"),
    failed: (error) => void faults.push(error),
  });
  await new Promise<void>((ready) => server.listen(0, ready));
  url = `http://localhost:${(server.address() as AddressInfo).port}`;
  close = () => new Promise((done) => server.close(() => done()).closeAllConnections());
});
afterEach(() => close());

test.each([
  ["/webhooks", "webhooks"],
  ["/webhooks/", "webhooks"],
  ["//webhooks", "webhooks"],
  ["///webhooks//?a=b", "webhooks"],
  ["/webhooks?hmac=x", "webhooks"],
  ["/webhooks/more", "rest"],
  ["/webhooksome", "rest"],
  ["/pixel/key", "pixel"],
  ["/", "rest"],
])("%s is for: %s", async (path, door) => {
  const answer = await fetch(url + path, { method: "POST" });
  expect(await answer.text()).toBe(door);
  expect(faults).toEqual([]);
});

test("a fault of the webhooks' door is answered 500, and told", async () => {
  expect((await fetch(`${url}/webhooks`, { signal: AbortSignal.timeout(10_000) })).status).toBe(500);
  expect(faults).toEqual([FAULT]);
});
