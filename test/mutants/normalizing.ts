// Breaks of receiving and normalizing: who is owed what.
import { breaks } from "./breaks.ts";

export const normalizing = [
  ...breaks(
    "app/delivery/receive.ts",
    ["delivery/receive"],
    [
      [
        "what is wrong with one webhook refuses all beside it",
        "batch.length > 1 && isAboutTheContent(error)",
        "batch.length < 1",
      ],
      ["the bodies of a commit are cut one byte late", "let end = 1;", "let end = 2;"],
      [
        "a webhook that waits is never given up",
        "      }, patience);",
        "      }, patience * 999);",
        { tests: ["delivery/receive"] },
      ],
      ["a commit that hangs holds up the next", "setTimeout(next, LATE_MS)", "setTimeout(next, LATE_MS * 9_999)"],
      ["webhooks do not wait for a commit that they could share", "if (inTime || underWay", "if (underWay"],
      ["no batch has a limit of bytes", "(at > 0 && bytes > MOST_BYTES)", "bytes < 0", { tests: ["delivery/receive"] }],
    ],
  ),
  ...breaks(
    "app/delivery/normalize/hold.ts",
    ["delivery/hold"],
    [
      [
        "a purchase never waits for the pixel",
        "if (!pixelOn || !sheet.needsVisitor) return false",
        "if (pixelOn || !sheet.needsVisitor) return false",
      ],
      ["an order of the till waits", '&& channel !== "pos"', "", { tests: ["delivery/hold > no page tells of"] }],
      ["who is known waits", 'visitorFrom !== "pixel" && visitorFrom', "visitorFrom"],
    ],
  ),
  ...breaks(
    "app/delivery/normalize/owe.ts",
    ["delivery/which-orders"],
    [
      ["test orders are told", 'if (order?.test) return common("test_order");', ""],
      [
        "what happened before the connection is owed",
        "< Math.floor(to.since.getTime() / 1000) * 1000)",
        "< 0)",
        { tests: ["delivery/which-orders"] },
      ],
      [
        "the second of its birth is before the connection",
        "Math.floor(to.since.getTime() / 1000) * 1000",
        "to.since.getTime()",
        { tests: ["delivery/owe"] },
      ],
      ["orders of the till count", "&& !rules.countPos", "&& rules.countPos"],
      ["renewals count", "&& !rules.countSubscriptions", "&& rules.countSubscriptions"],
      [
        "orders of the online shop count",
        "isOnline(order) && !rules",
        "isOnline(order) && rules",
        { tests: ["delivery/owe"] },
      ],
      ["orders of staff count", "&& !rules.countDrafts", "&& rules.countDrafts", { tests: ["delivery/owe"] }],
      [
        "an order with a tag that is left out counts",
        "if (barred !== undefined) return",
        "if (barred === null) return",
        { tests: ["delivery/owe"] },
      ],
      [
        "tags do not keep an order out",
        "onlyTags.length === 0 ||",
        "onlyTags.length >= 0 ||",
        { tests: ["delivery/owe"] },
      ],
      [
        "every channel counts",
        "rules.channels.includes(source)) return null",
        "!rules.channels.includes(source)) return null",
        { tests: ["delivery/channels"] },
      ],
      [
        "an order of another country counts",
        "(country === null || !rules.countries.includes(country))",
        "country === null",
      ],
      [
        "what a rule's change left before is told anew",
        "const rule = before ? other : purchaseWhen",
        "const rule = purchaseWhen",
        { tests: ["delivery/purchase-when-paid"] },
      ],
    ],
  ),
  ...breaks(
    "app/delivery/consent.ts",
    ["delivery/consent"],
    [
      ["a no to consent is no no", "if (given === false) return", "if (given === undefined) return"],
      [
        "consent that is not known keeps all back",
        'given === null && to.rules.unknownConsent === "skip"',
        "given === null",
      ],
    ],
  ),
  ...breaks(
    "app/delivery/normalize/uninstall.ts",
    ["shopify/uninstall"],
    [
      ["a shop that is back has left", 'if (known?.back) return "there"', ""],
      ["who cannot be asked is believed never", 'return asked === "unknown" && late ? "gone" : asked', "return asked"],
      ["clocks are one", "CLOCKS_APART_MS = 10_000", "CLOCKS_APART_MS = 0"],
    ],
  ),
];
