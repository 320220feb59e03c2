// Breaks of the pixel's door: strangers post there.
import { breaks } from "./breaks.ts";

const TESTS = ["doors/pixel", "doors/pixel-limits"];
export const pixel = [
  ...breaks("app/doors/pixel.ts", TESTS, [
    ["a pixel that is off is heard", "pixel_endpoint IS NOT NULL AND uninstalled_at", "uninstalled_at"],
    ["a shop that left is heard", "AND uninstalled_at IS NULL`", "`"],
    ["a post of any type is taken", "if (!/^text\\/plain\\b/i.test(", "if (/^$/i.test("],
    ["a post may have a megabyte", "largest: 64 * 1024", "largest: 1024 * 1024"],
    ["the pixel is read", 'if (request.method !== "POST") throw', 'if (request.method === "TRACE") throw'],
    [
      "the same post again is another",
      'createHash("sha256").update(body)',
      'createHash("sha256").update(String(performance.now()))',
    ],
    [
      "one visitor may tell without end",
      "if (!visitorMay(`${shop.domain} ${visitor}`, events))",
      "if (!visitorMay(visitor, 0))",
      { tests: ["doors/pixel-limits > one visitor has a rate"] },
    ],
    [
      "one address may post without end",
      "if (!addressMay(address))",
      "if (!addressMay(String(performance.now())))",
      { tests: ["doors/pixel-limits > one address has a rate in posts"] },
    ],
    [
      "an address may tell without end",
      "if (!addressMayTell(address, post.events))",
      "if (!addressMayTell(address, 0))",
      { tests: ["doors/pixel-limits > one address has a rate in events"] },
    ],
    [
      "a shop's day has no ceiling",
      "post.events, shop.daily ?? USUAL_DAILY)))",
      "0, shop.daily ?? USUAL_DAILY)))",
      { tests: ["doors/pixel-limits > a shop's day has a ceiling"] },
    ],
    [
      "a merchant's ceiling is not kept",
      "shop.daily ?? USUAL_DAILY",
      "USUAL_DAILY",
      { tests: ["doors/pixel-limits > a shop's day has a ceiling"] },
    ],
    [
      "each address of an IPv6 network counts by itself",
      "isIPv6(address) ? networkOf(address) : address",
      "address",
      { tests: ["doors/pixel > who tells too much"] },
    ],
    ["nobody rings for a post", "    door.ring(shop.domain);\n", ""],
    ["a database that is away says that all is well", ': [503, ""];', ': [204, ""];', { tests: ["doors/pixel-away"] }],
  ]),
  ...breaks("app/doors/pixel-post.ts", TESTS, [
    ["a post may hold any number of events", ".max(50)", ".max(5000)"],
    ["an event may have any name", "name: z.enum(NAMES)", "name: z.string()"],
    ["a post may be empty", ".min(1)\n    .max", ".max"],
    [
      "all events are the first visitor's",
      "visitors.set(clientId,",
      'visitors.set(events[0]?.clientId ?? "",',
      { tests: ["doors/pixel-limits > a post of several visitors"] },
    ],
  ]),
  ...breaks("app/doors/rate.ts", TESTS, [
    [
      "a bucket fills without end",
      "Math.min(burst, before.tokens + ((at",
      "Math.max(burst, before.tokens + ((at",
      { tests: ["doors/pixel > a bucket fills again"] },
    ],
    ["a bucket never fills again", "* perSecond);", "* 0);", { tests: ["doors/pixel > a bucket fills again"] }],
    [
      "what costs more than there is is let through",
      "return tokens >= cost",
      "return tokens > 0",
      { tests: ["doors/pixel-limits > one address has a rate in events"] },
    ],
  ]),
  ...breaks("app/shopify/pixel-ceiling.ts", TESTS, [
    [
      "two days are one",
      "now.toISOString().slice(0, 10)",
      'now.toISOString().slice(0, 4).concat("-01-01")',
      { tests: ["doors/pixel-limits > a shop's day has a ceiling"] },
    ],
    [
      "more is granted than the day has room for",
      "RETURNING least($3, $4 - before.taken)::int",
      "RETURNING $3::int",
      { tests: ["doors/pixel-limits > a post with more events"] },
    ],
    [
      "what is refused is not added up",
      "dropped = d.dropped + excluded.dropped",
      "dropped = excluded.dropped",
      { tests: ["doors/pixel-limits > a shop's day has a ceiling"] },
    ],
    [
      "a merchant may set a ceiling of nothing",
      "Number(number) < 1 ||",
      "Number(number) < 0 ||",
      { tests: ["doors/pixel-limits > a ceiling is a whole number"] },
    ],
  ]),
  ...breaks("app/doors/ceiling.ts", TESTS, [
    [
      "what was booked is never used up",
      "      purse.left -= events;\n",
      "",
      { tests: ["doors/pixel-limits > a shop's day has a ceiling"] },
    ],
    [
      "what is dropped is not counted",
      "        purse.dropped += events;\n",
      "",
      { tests: ["doors/pixel-limits > a shop's day has a ceiling"] },
    ],
  ]),
];
