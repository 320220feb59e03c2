// The way out: no address of our own network is ever asked.
import type { lookup } from "node:dns";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { fetchOutward, guarded, isInward, openLookup } from "../../app/base/outward.ts";

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

/** A server of this host. */
async function open(answer: (url: string, response: ServerResponse) => void) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    answer(request.url ?? "", response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { asked, port, close: () => server.close() };
}

// Told apart by the sentence: a name that no server knows has the same code.
const NO_HTTPS = /is not an https address outside of this network$/;
const INWARD = /leads to an address of this network$/;

test("neither a name nor an address that leads to this host is asked, nor any but by https", async () => {
  const { asked, port, close } = await open((_url, response) => response.end());
  for (const [url, says] of [
    [`https://localhost:${port}/`, INWARD],
    [`https://127.0.0.1:${port}/`, NO_HTTPS],
    [`https://[::1]:${port}/`, NO_HTTPS],
    [`https://[::ffff:127.0.0.1]:${port}/`, NO_HTTPS],
    [`https://0x7f000001:${port}/`, NO_HTTPS],
    [`https://2130706433:${port}/`, NO_HTTPS],
    [`http://example.com:${port}/`, NO_HTTPS],
    [`http://localhost:${port}/`, NO_HTTPS],
    [`http://8.8.8.8:${port}/`, NO_HTTPS],
    ["ftp://example.com/", NO_HTTPS],
  ] as const) {
    const cause = { code: "ENOTFOUND", message: expect.stringMatching(says) };
    await expect(fetchOutward(url), url).rejects.toMatchObject({ name: "TypeError", cause });
  }
  expect(asked).toEqual([]);
  close();
});

test("of a name with several addresses none may lead inside; else it is connected to the first", async () => {
  /** As DNS would answer, which no test asks. */
  const answering = (all: string[]) =>
    openLookup(((_name: string, _how: object, done: (error: null, found: object[]) => void) =>
      done(
        null,
        all.map((address) => ({ address, family: 4 })),
      )) as unknown as typeof lookup);
  const found = (all: string[], options = {}) =>
    new Promise<unknown>((done) => answering(all)("x", options, (error, address) => done(error ?? address)));
  for (const all of [["10.0.0.1"], ["10.0.0.1", "8.8.8.8"], ["8.8.8.8", "1.1.1.1", "10.0.0.1"], []])
    for (const options of [{}, { all: true }])
      expect(await found(all, options), all.join()).toMatchObject({
        code: "ENOTFOUND",
        message: expect.stringMatching(INWARD),
      });
  expect(await found(["8.8.8.8", "1.1.1.1"])).toBe("8.8.8.8");
  expect(await found(["8.8.8.8", "1.1.1.1"], { all: true })).toHaveLength(2);
});

test.each([
  undefined,
  "follow",
  "manual",
] as const)("a redirect is answered as it is, and what it leads to is not asked: asked with %s", async (redirect) => {
  const { asked, port, close } = await open((url, response) =>
    response.writeHead(url === "/first" ? 307 : 200, { location: `http://127.0.0.1:${port}/second` }).end(),
  );
  // In place of the way to a host outside, which no test has.
  const go = guarded((input, init) => fetch(`http://127.0.0.1:${port}${new URL(String(input)).pathname}`, init));
  const answer = await go("https://alerts.example.com/first", { method: "POST", body: "{}", redirect });
  expect(answer.status).toBe(307);
  expect(asked).toEqual(["/first"]);
  close();
});
