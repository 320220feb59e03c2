// The way out: no address of our own network is ever asked.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { fetchOutward, isInward } from "../../app/base/outward.ts";

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

// IANA's registries of special-purpose addresses, and the ranges that were given up: each net's first, a middle and its last address.
test.each([
  ...["0.0.0.0", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.255.255.255", "169.254.0.1"],
  ...["172.16.0.0", "172.31.255.255", "192.0.0.0", "192.0.0.8", "192.0.0.170", "192.0.2.1", "192.88.99.0"],
  ...["192.88.99.255", "192.168.255.255", "198.18.0.0", "198.19.255.255", "198.51.100.1", "203.0.113.255"],
  ...["224.0.0.0", "239.255.255.255", "240.0.0.0", "255.255.255.255", "192.31.196.1", "192.52.193.1", "192.175.48.1"],
  ...[
    "::",
    "::1",
    "::2",
    "::7f00:1",
    "::127.0.0.1",
    "::ffff:0:7f00:1",
    "::ffff:0:0:0",
    "::ffff:10.0.0.1",
    "::fffe:0:0",
  ],
  ...[
    "64:ff9b::",
    "64:ff9b::808:808",
    "64:ff9b:1::",
    "64:ff9b:1:ffff:ffff:ffff:ffff:ffff",
    "100::",
    "100::1",
    "100:0:0:1::",
  ],
  ...[
    "2001::",
    "2001::1",
    "2001:1::1",
    "2001:1::2",
    "2001:1::3",
    "2001:2::",
    "2001:3::1",
    "2001:4:112::1",
    "2001:10::",
  ],
  ...[
    "2001:20::1",
    "2001:30::1",
    "2001:db8::",
    "2001:db8:ffff::",
    "2002::",
    "2002:7f00:1::",
    "2620:4f:8000::1",
    "3fff::",
  ],
  ...[
    "3fff:fff::1",
    "5f00::",
    "fc00::",
    "fdff::1",
    "fe80::",
    "febf::1",
    "fec0::",
    "fec0::1",
    "feff::1",
    "ff00::",
    "ff02::1",
  ],
  ...["1::", "4000::1", "fe00::1", "no address", "fe80::1%eth0", ""],
])("%s leads nowhere outside", (address) => expect(isInward(address)).toBe(true));

test.each([
  "1.1.1.1",
  "8.8.8.8",
  "172.32.0.1",
  "2606:4700::1111",
  "::ffff:8.8.8.8",
  "2a00:1450:4001::1",
  "2001:4860:4860::8888",
  "100.63.255.255",
  "223.255.255.254",
])("%s is outside", (address) => expect(isInward(address)).toBe(false));

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
