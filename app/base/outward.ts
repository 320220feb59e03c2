// The way out for addresses that a merchant can set: https only, and never to a private, loopback or link-local address after DNS.
import { lookup as resolve } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { NothingLeft, openWayOut } from "./way-out.ts";

const inward = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const) {
  inward.addSubnet(net, bits, "ipv4");
}
for (const [net, bits] of [
  ["::", 128],
  ["::1", 128],
  ["64:ff9b::", 96],
  ["2001::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const) {
  inward.addSubnet(net, bits, "ipv6");
}

/** Does the address lead to this host or its own network? An IPv4 address written as IPv6 is looked at as what it is. */
export function isInward(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  return inward.check(plain, isIP(plain) === 6 ? "ipv6" : "ipv4");
}

/** The address that is checked is the one that is connected to, so that a name cannot change its mind in between. */
const lookupOutward: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, "", 0);
    const refused = addresses.find(({ address }) => isInward(address));
    if (refused || !addresses[0]) {
      // ENOTFOUND: for the caller nothing was sent, and there is no such host outside.
      const cause = Object.assign(new Error(`${hostname} leads to an address of this network`), { code: "ENOTFOUND" });
      return callback(cause, "", 0);
    }
    if (options.all) return callback(null, addresses);
    callback(null, addresses[0].address, addresses[0].family);
  });
};

const goOutward = openWayOut({ lookup: lookupOutward });

/** fetch for everything that leaves the app towards a vendor or a merchant's URL. */
export const fetchOutward = ((input: string | URL, init?: RequestInit) => {
  const url = new URL(input);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (url.protocol !== "https:" || (isIP(host) && isInward(host))) {
    const cause = Object.assign(new Error(`${url.origin} is not an https address outside of this network`), {
      code: "ENOTFOUND",
    });
    return Promise.reject(new NothingLeft("no such host outside", { cause }));
  }
  return goOutward(url, init);
}) as unknown as typeof fetch;
