// Breaks of what all vendors share: the way out, answers, numbers, waits.
import { breaks } from "./breaks.ts";

export const vendors = [
  ...breaks(
    "app/destinations/http.ts",
    ["destinations/http"],
    [
      ["redirects are followed", 'redirect: "manual"', 'redirect: "follow"'],
      ["a silent vendor is waited for for ever", "way.timeout ?? REQUEST_TIMEOUT);", "999_999);"],
      ["half an answer is a yes", "if (status < 300) {", "if (status < 200) {"],
      [
        "the address stands in the error",
        'because("connection_broke")',
        'because(`the connection to ${url.href} broke` as "connection_broke")',
      ],
    ],
  ),
  ...breaks(
    "app/destinations/body.ts",
    ["destinations/http", "destinations/bodies"],
    [
      ["an answer may have any length", "if (size > LONGEST) throw", "if (size < 0) throw"],
      ["gzip under another name is text", "if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;", "return bytes;"],
      ["all answers are UTF-8", 'markOf(bytes) ?? said ?? "utf-8"', '"utf-8"'],
    ],
  ),
  ...breaks(
    "app/destinations/number.ts",
    ["destinations/number"],
    [
      ["a number is a float", 'JSON.rawJSON(text.replace(/^(-?)0+(?=\\d)/, "$1"))', "Number(text)"],
      ["an id is a float", 'JSON.rawJSON(id.replace(/^0+(?=\\d)/, ""))', "Number(id)"],
    ],
  ),
  ...breaks(
    "app/destinations/waits.ts",
    ["destinations/meaning"],
    [
      ["a vendor may wish us away for a day", "LONGEST_WAIT = 3_600_000", "LONGEST_WAIT = 86_400_000"],
      ["a moment is a span", "if (number >= MOMENT_FROM)", "if (number >= MOMENT_FROM * 1e9)"],
      ["a limit that is used up is not seen", '=== "0") return retryAfter', '=== "-1") return retryAfter'],
    ],
  ),
  ...breaks(
    "app/destinations/meaning.ts",
    ["destinations/meaning"],
    [
      [
        "a page is the vendor's own word",
        "if (answer.status === 401 && !isPage(answer)) return true;",
        "if (answer.status === 401) return true;",
      ],
      [
        "a redirect is a yes",
        "const unseen = status >= 300 && status < 400",
        "const unseen = status > 400 && status < 400",
      ],
      ["a 408 is a no", "status === 408 || status >= 500", "status >= 500"],
      ["words have no end", "cut(words, 300)", "cut(words, 3000)"],
    ],
  ),
];
