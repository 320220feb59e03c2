// ShopiMind's data sources, and data of the merchant's own making: definitions and their records.
import { either, flag, integer, list, oneOf, openShape, shape, string, text } from "./check.ts";
import { arrayOf, type Books, bad, fitting, type Item, listed, no, ok } from "./shopimind-books.ts";
import { type Call, isObject, type Reply, type Route } from "./vendor.ts";

const MOST_RECORDS = 20;
const TYPES = ["bool", "text", "longtext", "number", "decimal", "list", "date", "datetime", "json", "geolocation"];
const field = openShape({ name: text, label: string, type: oneOf(...TYPES) }, { required: flag });
const definitionShape = openShape({ name: text, fields: list(field, 1) }, { unique_keys: list(text) });
const extensionShape = openShape({ fields: list(field, 1) });
const override = shape({ id_custom_data_definition: integer, custom_field_name: text, priority: integer });
const overrideShape = shape({ overrides: list(override) });
const sourceFields = { type: text, config: either(text, openShape({})), parent_id: integer, is_default: flag };
const sourceShape = shape({ label: text }, sourceFields);
const sourceChange = shape({}, { label: text, ...sourceFields });

interface Definition extends Item {
  id: number;
  fields: { name: string; required?: boolean }[];
  unique_keys?: string[];
  is_active: boolean;
}

export function customRoutes(books: Books): Route[] {
  return [...sourceRoutes(books), ...overrideRoutes(), ...definitionRoutes(books)];
}

/** Custom fields in the place of ShopiMind's own; by the query's two words. */
function overrideRoutes(): Route[] {
  const held = new Map<string, Item[]>();
  const path = /^\/v1\/custom-data-definitions\/overrides$/;
  function save(call: Call): Reply {
    const [schema, name] = ["target_system_schema", "system_field_name"].map((one) => call.query.get(one) ?? "");
    const known = schema === "products" && ["price", "price_discount"].includes(name ?? "");
    if (!known) throw bad("overrides are for the price or the price_discount of products");
    held.set(`${schema} ${name}`, fitting(call, overrideShape).overrides as Item[]);
    return ok({ overrides: held.get(`${schema} ${name}`) });
  }
  return [
    ["GET", path, (call) => listed(call, [...held.values()].flat())],
    ["PUT", path, save],
  ];
}

function sourceRoutes(books: Books): Route[] {
  const sources = new Map<string, Item>();
  const known = (id: string, then: (source: Item) => Reply) => {
    const source = sources.get(id);
    return source ? then(source) : no(404, `there is no data source ${id}`);
  };
  function add(call: Call): Reply {
    const source = { ...fitting(call, sourceShape), id_data_source: sources.size + 1 };
    sources.set(String(source.id_data_source), source);
    books.ledger.keep(books.ledger.carry("data-sources", String(source.id_data_source)));
    return ok(source);
  }
  return [
    ["GET", /^\/v1\/data-sources$/, (call) => listed(call, [...sources.values()])],
    ["POST", /^\/v1\/data-sources$/, add],
    [
      "PUT",
      /^\/v1\/data-sources\/([^/]+)$/,
      (call, [id = ""]) => known(id, (source) => ok(Object.assign(source, fitting(call, sourceChange)))),
    ],
    [
      "DELETE",
      /^\/v1\/data-sources\/([^/]+)$/,
      (_call, [id = ""]) => known(id, () => ok({ deleted: sources.delete(id) })),
    ],
  ];
}

function definitionRoutes(books: Books): Route[] {
  const definitions = new Map<string, Definition>();
  const records = new Map<string, Map<string, Item>>();
  function define(call: Call): Reply {
    const id = definitions.size + 1;
    const definition = { ...fitting(call, definitionShape), id, is_active: true } as unknown as Definition;
    definitions.set(String(id), definition);
    records.set(String(id), new Map());
    return ok(definition);
  }
  type Answer = (definition: Definition, call: Call, held: Map<string, Item>, rest: string) => Reply;
  const on = (method: string, path: RegExp, answer: Answer): Route => [
    method,
    path,
    (call, [id = "", rest = ""]) => {
      const [definition, held] = [definitions.get(id), records.get(id)];
      return definition && held ? answer(definition, call, held, rest) : no(404, `there is no definition ${id}`);
    },
  ];
  return [
    ["POST", /^\/v1\/custom-data-definitions$/, define],
    ["GET", /^\/v1\/custom-data-definitions$/, (call) => listed(call, [...definitions.values()])],
    on("GET", /^\/v1\/custom-data-definitions\/([^/]+)$/, (definition) => ok(definition)),
    on("DELETE", /^\/v1\/custom-data-definitions\/([^/]+)$/, ({ id }) =>
      ok({ deleted: definitions.delete(String(id)) }),
    ),
    on("PATCH", /^\/v1\/custom-data-definitions\/([^/]+)\/(extend|activate|deactivate)$/, change),
    on("GET", /^\/v1\/custom-data-records\/([^/]+)$/, (_definition, call, held) => listed(call, [...held.values()])),
    on("POST", /^\/v1\/custom-data-records\/([^/]+)$/, (definition, call, held) => save(books, definition, call, held)),
    on("PATCH", /^\/v1\/custom-data-records\/([^/]+)\/([^/]+)$/, changeRecord),
    on("DELETE", /^\/v1\/custom-data-records\/([^/]+)$/, (_definition, call, held) => {
      const id = call.query.get("id") ?? "";
      return held.delete(id) ? ok({ deleted: id }) : no(404, `there is no record ${id}`);
    }),
    on("POST", /^\/v1\/custom-data-records\/([^/]+)\/bulk-delete$/, (_definition, call, held) => {
      const ids = arrayOf(call, MOST_RECORDS).map(String);
      const gone = ids.filter((id) => held.delete(id)).length;
      return { status: 200, json: { statusCode: 200, sent_count: gone, rejected_count: ids.length - gone } };
    }),
  ];
}

function change(definition: Definition, call: Call, _held: Map<string, Item>, how: string): Reply {
  if (how !== "extend") definition.is_active = how === "activate";
  else definition.fields.push(...(fitting(call, extensionShape).fields as Definition["fields"]));
  return ok(definition);
}

function save(books: Books, definition: Definition, call: Call, held: Map<string, Item>): Reply {
  const items = arrayOf(call, MOST_RECORDS);
  const rejected = items.flatMap((given, index) => {
    const wrong = wrongIn(definition, given);
    if (wrong) books.ledger.breach(`custom-data-records: ${wrong}`);
    else keep(definition, given as Item, held);
    return wrong ? [{ index, item: given, errors: [wrong] }] : [];
  });
  const sent_count = items.length - rejected.length;
  const counts = { sent_count, rejected_count: rejected.length, rejected_items: rejected };
  if (sent_count === 0) return no(400, "All items are invalid", counts);
  return { status: 200, json: { statusCode: 200, ...counts } };
}

function wrongIn(definition: Definition, given: unknown): string | null {
  if (!isObject(given)) return "a record must be an object";
  const names = definition.fields.map((one) => one.name);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown) return `${unknown} is no field of this definition`;
  const missing = definition.fields.find((one) => one.required && (given[one.name] ?? null) === null);
  return missing ? `${missing.name} is required` : null;
}

function keep({ unique_keys = [] }: Definition, item: Item, held: Map<string, Item>): void {
  const same = (other: Item) => unique_keys.length > 0 && unique_keys.every((name) => other[name] === item[name]);
  const id = [...held.values()].find(same)?.id ?? held.size + 1;
  held.set(String(id), { ...item, id });
}

function changeRecord(_definition: Definition, call: Call, held: Map<string, Item>, id: string): Reply {
  const there = held.get(id);
  return there ? ok(Object.assign(there, fitting(call, openShape({})))) : no(404, `there is no record ${id}`);
}
