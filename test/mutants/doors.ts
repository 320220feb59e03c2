// Breaks of the doors: what comes in, and who may.
import { breaks } from "./breaks.ts";

export const webhooks = [
  ...breaks(
    "app/doors/webhooks.ts",
    ["doors/door"],
    [
      ["any verb posts a webhook", 'if (request.method !== "POST") throw', 'if (request.method === "TRACE") throw'],
      [
        "a signature of the right length will do",
        "a.length === b.length && timingSafeEqual(a, b)",
        "a.length === b.length",
      ],
      [
        "the secret before the last rotation is forgotten",
        "secrets.some((secret)",
        "secrets.slice(0, 1).some((secret)",
      ],
      [
        "a body that is no object is a webhook",
        "if (!isJsonObject(body)) throw",
        "if (body.length < 0) throw",
        { tests: ["doors/whose-webhook > rightly signed, but"] },
      ],
      [
        "the sandbox takes webhooks of any shop",
        "if (only && claims.shop !== only)",
        "if (only === claims.shop + claims.topic)",
        { tests: ["programs/deed > the sandbox's door takes"] },
      ],
      [
        "a database that is away is a 500",
        'new Refusal(503, "the webhook',
        'new Refusal(500, "the webhook',
        { tests: ["doors/hostile > locked: 503 within"] },
      ],
      ["200 is said before the commit", "await door.receive(arrival).catch(", "void door.receive(arrival).catch("],
      ["nobody rings for a webhook", "      door.ring(arrival.shop);\n", ""],
      [
        "the bytes of a webhook are never given back",
        "      hold.release();\n",
        "",
        { tests: ["doors/flood > webhooks that come one after the other"] },
      ],
      ["a webhook may have 6 MB", "largest: 5 * 1024", "largest: 6 * 1024", { tests: ["doors/door", "doors/hostile"] }],
      [
        "a body may take a minute",
        "within: 5_000",
        "within: 60_000",
        { tests: ["doors/flood > a body that does not come"] },
      ],
    ],
  ),
  ...breaks(
    "app/doors/body.ts",
    ["doors/door", "doors/hostile", "doors/flood"],
    [
      [
        "a body that tells no length has no limit",
        "if (heap.size() + chunk.length > limit.largest)",
        "if (chunk.length > limit.largest)",
        { tests: ["doors/door > a body over 5 MB"] },
      ],
      ["the length that is told is not looked at", "?? 0) > largest)", "?? 0) < 0)"],
      ["the gate is not asked", "if (!hold.take(chunk.length))", "if (!hold.take(0))", { tests: ["doors/memory"] }],
      [
        "half a body is a whole one",
        'done(new Refusal(400, "the body did not arrive whole"))',
        "done(null)",
        { tests: ["doors/flood > what came of a body that broke off"] },
      ],
      [
        "a late body is a bad one",
        "new Refusal(408,",
        "new Refusal(400,",
        { tests: ["doors/flood > a body that does not come"] },
      ],
      ["the last block keeps its empty room", "!last || free.length === 0", "!last || free.length >= 0"],
    ],
  ),
  ...breaks(
    "app/doors/claims.ts",
    ["doors/door", "doors/hostile"],
    [
      [
        "a header may be there twice",
        "?.length ?? 0) > 1)",
        "?.length ?? 0) > 9)",
        { tests: ["doors/flood > two headers X-Shopify"] },
      ],
      ["a header may be of any length", "LONGEST_HEADER = 255", "LONGEST_HEADER = 255_000"],
      ["a shop in capitals is another", "const shop = domain.toLowerCase()", "const shop = domain"],
      ["any domain is a shop", "if (!isShopDomain(shop))", 'if (shop === "")'],
      [
        "a topic may hold anything",
        "if (!TOPIC.test(topic))",
        'if (topic === "")',
        { tests: ["doors/flood > a topic that something on the way"] },
      ],
      ["a topic keeps its capitals", "topic: topic.toLowerCase()", "topic"],
      ["a webhook needs no id", "if (!topic || !domain || !webhookId)", "if (!topic || !domain)"],
      ["a time of any year is kept", "return year >= 1 && year <= 9999 ?", "return year >= -9e9 ?"],
      [
        "a missing signature is a bad request",
        'new Refusal(401, "the signature is missing")',
        'new Refusal(400, "the signature is missing")',
      ],
    ],
  ),
  ...breaks(
    "app/doors/webhook-body.ts",
    ["doors/webhook-body"],
    [
      ["a byte order mark is no JSON", "equals(BOM) ? 3 : 0", "equals(BOM) ? 0 : 0"],
      ["what follows the object does not matter", "return at === body.length;", "return true;"],
      ["a list may end as an object does", "closer = first + 2;", "closer = 0x7d;"],
      ["zeros may lead a number", " && end > start + 1", " && end > start + 9"],
      ["\\x is an escape", "bfnrtu'", "bfnrtux'"],
      ["a string may hold control characters", "fill(1, 0x20)", "fill(1, 0x1f)"],
      ["four of anything make a character", "if (!HEX[", "if (HEX[999] && !HEX["],
      ["no exponent has a plus", "sign === 0x2b || ", ""],
    ],
  ),
  ...breaks(
    "app/doors/front.ts",
    ["doors/front"],
    [
      ["/webhooks/ is another door", String.raw`/^\/webhooks\/*(\?|$)/`, String.raw`/^\/webhooks(\?|$)/`],
      [
        "a fault of the door is left without an answer",
        "if (!response.headersSent) response.writeHead(500).end();",
        "",
      ],
    ],
  ),
  ...breaks(
    "app/doors/gate.ts",
    ["doors/flood > the gate holds at most", "doors/flood > large bodies leave"],
    [
      ["large bodies may fill all room", "own + bytes > SMALL ? most * (1 - FOR_SMALL) : most", "most"],
      ["what is released stays held", "          held -= own;\n", ""],
      ["the gate is never full", "if (held + bytes > room)", "if (bytes > room)"],
    ],
  ),
];
