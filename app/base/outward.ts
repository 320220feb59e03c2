// The way out for addresses that a merchant can set: https only, and never to a private, loopback or link-local address after DNS.
import { lookup as resolve } from "node:dns";
import { lookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { setTimeout } from "node:timers/promises";
import ipaddr from "ipaddr.js";
import { NothingLeft, openWayOut } from "./way-out.ts";

/** Outside of this nothing is routed on the internet (RFC 4291): no other way to write an IPv4 address or a site's own gets through. */
const GLOBAL = ipaddr.IPv6.parseCIDR("2000::/3");

/** Does the address lead to this host or its own network, or nowhere? An IPv4 address written as IPv6 is looked at as what it is. */
export function isInward(address: string): boolean {
  if (!ipaddr.isValid(address)) return true;
  const plain = ipaddr.process(address);
  if (plain.range() !== "unicast") return true;
  return plain instanceof ipaddr.IPv6 && !plain.match(GLOBAL);
}

/** The address that is checked is the one that is connected to, so that a name cannot change its mind in between. @param ask the system's own look-up. */
export const openLookup =
  (ask: typeof resolve): LookupFunction =>
  (hostname, options, callback) => {
    ask(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, "", 0);
      const refused = addresses.find(({ address }) => isInward(address));
      if (refused || !addresses[0]) {
        // ENOTFOUND: for the caller nothing was sent, and there is no such host outside.
        const cause = Object.assign(new Error(`${hostname} leads to an address of this network`), {
          code: "ENOTFOUND",
        });
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
export const fetchOutward = guarded(openWayOut({ lookup: openLookup(resolve) }));

/** Above 1023, what fetch refuses (WHATWG, "bad port"); below it nothing but 443 is for us. */
const OTHERS_PORTS = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);
const A_LOOK = 2_000;

/** Why an https address will not do, before anything is sent to it. @returns null where nothing speaks against it: a name that nobody knows yet may come to be. */
export async function whyNotOutward(url: URL): Promise<string | null> {
  const port = Number(url.port || 443);
  if (port !== 443 && (port < 1024 || OTHERS_PORTS.has(port))) return `Port ${port} is another service's: use 443.`;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const found = isIP(host) ? [host] : await addressesOf(host);
  return found.some(isInward) ? `${host} leads to this machine or a private network, not to the internet.` : null;
}

async function addressesOf(host: string): Promise<string[]> {
  const late = setTimeout(A_LOOK, [], { ref: false });
  const found = lookup(host, { all: true }).then(
    (all) => all.map(({ address }) => address),
    () => [],
  );
  return Promise.race([found, late]);
}
