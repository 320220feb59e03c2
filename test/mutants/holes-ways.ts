// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what stands in the code is told as it stands there.
// The second guards of budgets, the way out and what is sealed: breaks that no test noticed once. Each has a test that was seen red with it.
import type { Mutant } from "./mutant.ts";

export const holesInWays: Mutant[] = [
  {
    what: "all keys share one budget",
    file: "app/delivery/connections/pacing.ts",
    from: "key: hash(key), address",
    to: `key: "all", address`,
    tests: ["test/destinations/budgets.test.ts > counts by the address"],
  },
  {
    what: "each key has a budget of its own also where the address is counted",
    file: "app/delivery/connections/pacing.ts",
    from: "address: road.egress,",
    to: "address: hash(key),",
    tests: ["test/destinations/budgets.test.ts > counts by the address"],
  },
  {
    what: "ShopiPixel takes ten thousand an hour",
    file: "app/destinations/shopipixel/index.ts",
    from: `requests: 1_000, per: "hour"`,
    to: `requests: 10_000, per: "hour"`,
    tests: ["test/destinations/budgets.test.ts > shopipixel: however many"],
  },
  {
    what: "a merchant's address may be plain http",
    file: "app/base/outward.ts",
    from: `url.protocol !== "https:" ||`,
    to: `url.protocol === "ftp:" ||`,
    tests: ["test/base/outward.test.ts"],
  },
  {
    what: "an address of this network is asked where it is written as such",
    file: "app/base/outward.ts",
    from: "(isIP(host) && isInward(host))",
    to: "isIP(host) === 1",
    tests: ["test/base/outward.test.ts"],
  },
  {
    what: "a name that leads into this network is asked",
    file: "app/base/outward.ts",
    from: "if (refused || !addresses[0])",
    to: "if (!addresses[0])",
    tests: ["test/base/outward.test.ts"],
  },
  {
    what: "the way out follows redirects where it is asked to",
    file: "app/base/outward.ts",
    from: `{ ...init, redirect: "manual" }`,
    to: `{ redirect: "manual", ...init }`,
    tests: ["test/base/outward.test.ts"],
  },
  {
    what: "the post of an alert follows a redirect",
    file: "app/delivery/alerts/send.ts",
    from: `redirect: "manual",`,
    to: `redirect: "follow",`,
    tests: ["test/delivery/alerts.test.ts"],
  },
  {
    what: "a connection's credentials open in another connection",
    file: "app/delivery/connections/open-connection.ts",
    from: "`connection:${shop}:${connectionId}`",
    to: "`connection:${shop}:${connectionId.length}`",
    tests: ["test/base/sealed-places.test.ts"],
  },
  {
    what: "a connection's credentials open in another shop",
    file: "app/delivery/connections/open-connection.ts",
    from: "`connection:${shop}:${connectionId}`",
    to: "`connection:${shop.length > 0}:${connectionId}`",
    tests: ["test/base/sealed-places.test.ts"],
  },
  {
    what: "a session's token opens in another session",
    file: "app/shopify/sessions.ts",
    from: "`session:${id}`",
    to: "`session:${id.length > 0}`",
    tests: ["test/base/sealed-places.test.ts"],
  },
  {
    what: "an address for alerts opens in another shop",
    file: "app/delivery/alerts/ways.ts",
    from: "`alert:${shop}`",
    to: "`alert:${shop.length > 0}`",
    tests: ["test/base/sealed-places.test.ts"],
  },
];
