// The way out for addresses that a merchant can set: https only, and never to a private, loopback or link-local address after DNS.
import { lookup as resolve } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { NothingLeft, openWayOut } from "./way-out.ts";

// What IANA's tables of special addresses have and the library counts as ordinary.
const ALSO_INWARD = ["192.88.99.0/24", "192.31.196.0/24", "192.52.193.0/24"].map((net) => ipaddr.parseCIDR(net));
/** Outside of this nothing is routed on the internet (RFC 4291): no other way to write an IPv4 address or a site's own gets through. */
const GLOBAL = ipaddr.IPv6.parseCIDR("2000::/3");

/** Does the address lead to this host or its own network, or nowhere? An IPv4 address written as IPv6 is looked at as what it is. */
export function isInward(address: string): boolean {
  if (!ipaddr.isValid(address)) return true;
  const plain = ipaddr.process(address);
  if (plain.range() !== "unicast") return true;
  if (plain instanceof ipaddr.IPv6) return !plain.match(GLOBAL);
  return ALSO_INWARD.some((net) => net[0] instanceof ipaddr.IPv4 && plain.match([net[0], net[1]]));
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

/**
 * Guards a way out: what is no https address outside is not asked, and no redirect is followed, whatever the caller wishes: it would lead past the guard.
 * @param go looks at the addresses that names lead to.
 */
export const guarded = (go: typeof fetch): typeof fetch =>
  ((input: string | URL, init?: RequestInit) => {
    const url = new URL(input);
    const host = url.hostname.replace(/^\[|\]$/g, "");
    if (url.protocol !== "https:" || (isIP(host) && isInward(host))) {
      const cause = Object.assign(new Error(`${url.origin} is not an https address outside of this network`), {
        code: "ENOTFOUND",
      });
      return Promise.reject(new NothingLeft("no such host outside", { cause }));
    }
    return go(url, { ...init, redirect: "manual" });
  }) as unknown as typeof fetch;

/** fetch for everything that leaves the app towards a vendor or a merchant's URL. */
export const fetchOutward = guarded(openWayOut({ lookup: lookupOutward }));
