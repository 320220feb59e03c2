// Breaks of the doors that no webhook comes through: health, metrics, the way to the pages.
import { breaks } from "./breaks.ts";

export const operator = [
  ...breaks(
    "app/doors/bearer.ts",
    ["doors/operator > where no token is set", "doors/operator > with Shopify credentials"],
    [
      ["all see the figures", 'if (sandbox) return "open"', 'if (!sandbox) return "open"'],
      ["without a token all see the figures", 'return "shut"', 'return "open"'],
      ["any token will do", "given !== undefined && timingSafeEqual(digest(given), expected)", "given !== undefined"],
    ],
  ),
  ...breaks(
    "app/doors/health.ts",
    ["doors/operator > a database that lacks"],
    [["half of the migrations are enough", "row?.done === migrations.length", "(row?.done ?? 0) > 0"]],
  ),
  ...breaks(
    "app/doors/sound.ts",
    ["doors/pages-door"],
    [
      [
        "a form of another site is taken",
        '!(from.length === 1 && isOwn(from[0] ?? "", host, origin))',
        "from.length > 1",
        { tests: ["pages/foreign-origin > Origin: null"] },
      ],
      [
        "the pages take any verb",
        '["GET", "HEAD", "POST"]',
        '["GET", "HEAD", "POST", "DELETE", "PUT", "TRACE", "OPTIONS"]',
        { tests: ["doors/pages-door > PUT with more"] },
      ],
      [
        "two hosts may be named",
        "hosts.length !== 1 ||",
        "hosts.length === 0 ||",
        { tests: ["doors/pages-door > two hosts"] },
      ],
      [
        "an address may hold U+0000",
        "/%00/.test(target)",
        "/%0000/.test(target)",
        { tests: ["doors/pages-door > U+0000 in the path"] },
      ],
      ["two slashes are another's address", '.replace(/^\\/+/, "/")', "", { tests: ["doors/front"] }],
    ],
  ),
  ...breaks(
    "app/doors/pages.ts",
    ["doors/pages-door > a port that only", "doors/pages-door > POST with more"],
    [
      ["another host is passed on", "x-forwarded-host|origin", "origin"],
      ["a form may have 2 MB", "largest: 1024 * 1024", "largest: 2 * 1024 * 1024"],
      [
        "pages that are being started are a fault",
        'new Refusal(502, "the pages are',
        'new Refusal(500, "the pages are',
        { tests: ["doors/before-pages > whose process does not come"] },
      ],
    ],
  ),
];
