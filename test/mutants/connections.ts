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
      ["a key need not look like one", "!pattern.matches.test(value)", 'value === ""'],
      ["a choice may be any", "!Object.hasOwn(choices, value)", "!choices"],
    ],
  ),
  ...breaks(
    "app/delivery/connections/write-connection.ts",
    ["delivery/connection-form > keeps its reason"],
    [
      [
        "a pause of the merchant's own loses its reason when the form is saved",
        "reason_code = CASE WHEN ${STAYS_PAUSED} THEN connection.reason_code END",
        "reason_code = NULL",
      ],
    ],
  ),
  ...breaks(
    "app/delivery/connections/secret-prints.ts",
    ["delivery/connection-form > same instant"],
    [
      ["two connections that are saved at once have one secret", "prints.length > 0", "prints.length > 99"],
      [
        "a secret for many is one connection's only",
        "print: forMany ? null : ",
        "print: forMany ? keys.pseudonym(value) : ",
      ],
    ],
  ),
  ...breaks(
    "app/delivery/connections/save-tested.ts",
    ["delivery/connection-form > the vendor is asked before"],
    [
      [
        "what the vendor says no to is saved",
        "findings?.some(({ ok }) => ok === false)",
        "findings?.some(({ ok }) => ok === true && !asks)",
      ],
      [
        "the vendor is asked whatever changed",
        "!anyway && isToBeTested(sheet, before?.settings ?? {}, settings)",
        "!anyway",
      ],
    ],
  ),
  ...breaks(
    "app/delivery/connections/test-connection.ts",
    ["delivery/connection-form > takes too long"],
    [["a slow vendor is asked on and on", "road.timer.elapsed() >= until", "road.timer.elapsed() >= until + 1e9"]],
  ),
  ...breaks(
    "app/delivery/connections/record.ts",
    ["delivery/connection-form > the record says"],
    [["the record keeps secrets", "before: lastOf(was), after", "before: was, after"]],
  ),
  ...breaks(
    "app/delivery/preview/written.ts",
    ["delivery/preview > sends nothing"],
    [["a preview sends", 'throw new NothingLeft("a preview sends nothing")', "return road.fetch(url, init)"]],
  ),
  ...breaks(
    "app/delivery/proof/mask.ts",
    ["delivery/preview > it shows the requests"],
    [
      ["a preview shows people", 'personal && json !== ""', "personal && json === null"],
      ["a preview rounds amounts", "personal ? COVERED : json;", "personal ? COVERED : (Number(json) as never);"],
    ],
  ),
  ...breaks(
    "app/delivery/preview/preview.ts",
    ["delivery/preview > goes by the form"],
    [
      [
        "a preview goes by what is stored",
        "{ ...draft, version: undefined }",
        "{ ...draft, rules: {}, version: undefined }",
      ],
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
