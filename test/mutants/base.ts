// Breaks of the ground: secrets, the way out, the environment, text, connections.
import { breaks } from "./breaks.ts";

export const base = [
  ...breaks(
    "app/base/secrets.ts",
    ["base/secrets", "base/keyring"],
    [
      [
        "a shorter tag would do",
        "if (bytes.length < NONCE + TAG) return null;",
        "if (bytes.length < NONCE) return null;",
        { equivalent: "a tag that is too short fails in setAuthTag, and its error is read as null too" },
      ],
      ["two keys may have one name", "if (other.id === one.id)", "if (other.id === one.id + other.id)"],
      ["one key may have two names", "if (other.key.equals(one.key))", "if (other.key.length === 0)"],
      [
        "a key of any length is taken",
        "if (!id || key.length !== 32)",
        "if (!id || key.length < 8)",
        { tests: ["base/keyring"] },
      ],
      [
        "a pseudonym changes with the newest key",
        "const eldest = keys.at(-1)",
        "const eldest = keys.at(0)",
        { tests: ["base/keyring"] },
      ],
      ["the newest key alone opens", "for (const key of hintedFirst(keys, sealed))", "for (const key of [newest])"],
      [
        "the key that is hinted at alone opens",
        "for (const key of hintedFirst(keys, sealed))",
        "for (const key of hintedFirst(keys, sealed).slice(0, 1))",
      ],
      [
        "any key is the newest",
        "openWith(newest, sealed, context) !== null",
        "keys.some((key) => openWith(key, sealed, context) !== null)",
      ],
      ["one nonce seals all", "randomBytes(12)", "Buffer.alloc(12)", { tests: ["base/keyring"] }],
    ],
  ),
  ...breaks(
    "app/base/outward.ts",
    ["base/outward"],
    [
      [
        "private addresses are outside",
        'if (plain.range() !== "unicast") return true;',
        'if (plain.range() === "loopback") return true;',
      ],
      [
        "what is no address is outside",
        "if (!ipaddr.isValid(address)) return true;",
        "if (!ipaddr.isValid(address)) return false;",
      ],
      [
        "of all addresses of a name the first is looked at",
        "addresses.find(({ address })",
        "addresses.slice(0, 1).find(({ address })",
      ],
      ["IPv6 outside of what is routed is outside", "&& !plain.match(GLOBAL)", "&& false"],
    ],
  ),
  ...breaks(
    "app/base/way-out.ts",
    ["base/way-out", "destinations/http"],
    [
      ["what had left is said to have stayed", "if (left()) throw cause;", "if (made === null && left()) throw cause;"],
      [
        "the handshake counts as the request",
        "before = made?.bytesWritten ?? 0;",
        "before = 0;",
        {
          equivalent:
            "a request whose body is text leaves as soon as its connection is made: nothing breaks in between",
        },
      ],
      [
        "a connection is left open",
        "void client.close(); // when",
        "void client; // when",
        { equivalent: "without pipelining undici ends the connection of a whole answer by itself, too" },
      ],
    ],
  ),
  ...breaks(
    "app/base/text.ts",
    ["base/text"],
    [
      ["U+0000 is kept", '.replaceAll("\\u0000", "")', ""],
      ["half a character is kept", ".toWellFormed()", ""],
      [
        "a text is cut within a character",
        "Array.from(whole.slice(0, 2 * most))",
        'whole.slice(0, 2 * most).split("")',
      ],
      ["JSON keeps half a character in its escapes", 'typeof part === "string" ? wellFormed(part) : part', "part"],
    ],
  ),
  ...breaks(
    "app/base/database.ts",
    ["base/unprepared"],
    [
      ["statements are prepared that must not be", "run(pool, prepare, what, values)", "run(pool, true, what, values)"],
      ["a transaction prepares what it must not", "run(client, prepare, what", "run(client, true, what"],
      ["no statement is prepared", "prepare ? { text, name, values }", "!prepare ? { text, name, values }"],
    ],
  ),
  ...breaks(
    "app/base/connections.ts",
    ["programs/few-connections > whatever the total", "programs/few-connections > the first of equals"],
    [
      ["a purpose may have more than it needs", "part(one) < 1)", "part(one) < 99)"],
      ["the last of equals is served", "part(a) - part(b))", "part(b) - part(a))"],
    ],
  ),
];

export const programs = [
  ...breaks(
    "app/programs/deed.ts",
    ["programs/deed > the first start marks it", "programs/deed > one that an older version"],
    [
      ["a sandbox's database is taken by an app", "if (deed?.of !== own)", "if (deed?.of === undefined)"],
      [
        "what an older version left is anybody's",
        "WHERE (shop = $2) = ($1 = 'app'))",
        "WHERE shop = $2 AND $1 = shop)",
      ],
    ],
  ),
  ...breaks(
    "app/programs/open-road.ts",
    ["programs/unprepared > the road"],
    [["the road prepares whatever it is told", 'env.DATABASE_PREPARE === "on"', "true"]],
  ),
  ...breaks(
    "app/entry.web.ts",
    ["programs/unprepared > the web"],
    [["the web prepares whatever it is told", 'env.DATABASE_PREPARE === "on"', "true"]],
  ),
  ...breaks(
    "app/programs/queue.ts",
    ["programs/bells"],
    [
      ["a bell that rings during a run is lost", "keepLastIfActive: true, replace", "keepLastIfActive: false, replace"],
      ["the sweep's bell has the lane's id", "{ id: `sweep-${id}` }", "{ id }"],
      ["a killed worker's job stays locked for a minute", "lockDuration: 10_000", "lockDuration: 600_000"],
    ],
  ),
  ...breaks(
    "app/programs/fair-slots.ts",
    ["delivery/neighbours > lanes of one shop that hang"],
    [
      ["one shop may fill all places", "if (now >= share)", "if (now >= share * 99)"],
      [
        "a place is never given back",
        "if (left > 0) running.set(place, left);",
        "if (left >= 0) running.set(place, now + 1);",
      ],
    ],
  ),
];
