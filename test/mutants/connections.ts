// Breaks of connections: their rules, credentials and budgets.
import { breaks } from "./breaks.ts";

export const connections = [
  ...breaks(
    "app/delivery/connections/pacing.ts",
    ["destinations/budgets > leave at once"],
    [
      ["all of a limit leaves at once", "BURST = 0.4", "BURST = 1"],
      ["requests are spaced at the limit", "STEADY = 0.55", "STEADY = 1.2"],
      [
        "all keys share a budget",
        "key: hash(key), address",
        "key: road.egress, address",
        { tests: ["destinations/budgets > of ShopiPixel's thousand"] },
      ],
      [
        "what was reserved and not used stays taken",
        "SET next = b.next - $3 * g.spacing",
        "SET next = b.next - 0 * $3 * g.spacing",
        { tests: ["delivery/own-trouble > free again"] },
      ],
    ],
  ),
  ...breaks(
    "app/delivery/connections/overlap.ts",
    ["delivery/drafts"],
    [["nothing is said where it is much", "percent >= MUCH.percent &&", "percent < MUCH.percent &&"]],
  ),
  ...breaks(
    "app/delivery/connections/rules.ts",
    ["delivery/drafts"],
    [
      [
        "the till counts until somebody says otherwise",
        "countPos: z.boolean().default(false)",
        "countPos: z.boolean().default(true)",
      ],
    ],
  ),
  ...breaks(
    "app/delivery/connections/drafts.ts",
    ["delivery/drafts"],
    [
      [
        "a stored key may be led to another address",
        "if (originOf(sheet, stored) === originOf(sheet, settings)) return {};",
        "return {};",
      ],
      [
        "an empty secret erases the stored one",
        'field.secret && !typed ? (stored[name] ?? "")',
        'field.secret && !typed ? ""',
      ],
      ["a key need not look like one", "!field.pattern.matches.test(value)", 'value === ""'],
      ["a choice may be any", "!(value in field.choices)", "!field.choices"],
    ],
  ),
  ...breaks(
    "app/delivery/connections/connections.ts",
    ["delivery/connections > of a secret it is told"],
    [
      [
        "secrets are sent back",
        "names.filter((name) => !sheet.fields[name]?.secret)",
        "names.filter((name) => sheet.fields[name])",
      ],
    ],
  ),
  ...breaks(
    "app/delivery/connections/host.ts",
    ["delivery/drafts"],
    [["a name with a dot at its end is another's", String.raw`.replace(/\.+$/, "")`, ""]],
  ),
  ...breaks(
    "app/delivery/connections/redact.ts",
    ["erasure/redact"],
    [
      ["e-mail addresses stay", ".replace(EMAIL, GONE)", ""],
      ["phone numbers stay", ".replace(PHONE, GONE)", ""],
      ["a key that is echoed stays", "secret.length > 3 && words.includes(secret)", "secret.length < 3"],
    ],
  ),
];
