// The way out: no address of our own network is ever asked.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { fetchOutward, isInward } from "../app/base/outward.ts";

test.each([
  "127.0.0.1",
  "10.1.2.3",
  "172.31.0.1",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "0.0.0.0",
  "::1",
  "fe80::1",
  "fd00::1",
  "::ffff:127.0.0.1",
  "64:ff9b::7f00:1",
])("%s is an address of this network", (address) => expect(isInward(address)).toBe(true));

test.each(["1.1.1.1", "8.8.8.8", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8"])("%s is outside", (address) =>
  expect(isInward(address)).toBe(false));

test("neither a name nor an address that leads to this host is asked", async () => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  for (const url of [
    `https://localhost:${port}/`,
    `https://127.0.0.1:${port}/`,
    `https://[::1]:${port}/`,
    `http://example.com:${port}/`,
    `https://0x7f000001:${port}/`,
  ]) {
    await expect(fetchOutward(url), url).rejects.toMatchObject({ cause: { code: "ENOTFOUND" } });
  }
  expect(asked).toBe(0);
  server.close();
});
