// ShopiMind's external events: a type is declared once, then triggered, and never deduplicated.
import { createHash } from "node:crypto";
import { flag, integer, list, matching, number, object, oneOf, type Rule, shape, string, text } from "./check.ts";
import { type Books, bad, fitting, type Item, listed, no, ok } from "./shopimind-books.ts";
import { id } from "./shopimind-dates.ts";
import { type Call, isObject, type Reply, type Route } from "./vendor.ts";

interface Field {
  name: string;
  type: string;
  required?: boolean;
}
interface EventType {
  id_event: number;
  name: unknown;
  code_name: string;
  properties?: Record<string, Field[]>;
}
const SLOTS = ["metaData", "customData", "contact.customData", "visitor.customData"];
const TYPES: Record<string, Rule> = {
  bool: flag,
  text: string,
  longtext: string,
  number: integer,
  decimal: number,
  date: matching(/^\d{4}-\d\d-\d\d/, "a date"),
  json: (value, at) => (isObject(value) || Array.isArray(value) ? null : `${at} must be JSON`),
};
const field = shape(
  { name: text, type: oneOf(...Object.keys(TYPES)) },
  { required: flag, description: string, label: text },
);
const typeShape = shape(
  // A string in one of the vendor's kits, a label by language in the other.
  {
    name: (value, at) => (isObject(value) ? null : text(value, at)),
    code_name: matching(/^[a-z0-9_]+$/, "small letters, digits and _"),
  },
  { properties: shape({}, Object.fromEntries(SLOTS.map((slot) => [slot, list(field)]))) },
);
const changeShape = shape(
  { id_event: integer },
  { name: (value, at) => (isObject(value) ? null : text(value, at)), properties: object, code_name: text },
);
const triggerShape = shape(
  {},
  {
    contact: shape({}, { id: integer, email: text, phone: text, customData: object }),
    visitor: shape({ id }, { customData: object }),
    metaData: object,
    customData: object,
  },
);

export function eventRoutes(books: Books): Route[] {
  const types = new Map(books.world.memory.recall<EventType>("events").map((type) => [type.id_event, type]));
  const keep = () => books.world.memory.keep("events", [...types.values()]);
  const fired: Item[] = [];
  let lastId = Math.max(0, ...types.keys());
  const known = (wanted: (type: EventType) => boolean, then: (type: EventType) => Reply) => {
    const type = [...types.values()].find(wanted);
    return type ? then(type) : no(404, "there is no such event");
  };
  const byId = (id: unknown) => (type: EventType) => String(type.id_event) === String(id);
  function declare(call: Call): Reply {
    const type = { ...fitting(call, typeShape), id_event: ++lastId } as unknown as EventType;
    const there = [...types.values()].some((one) => one.code_name === type.code_name);
    if (there) return no(409, `the event ${type.code_name} is declared already`);
    types.set(type.id_event, type);
    keep();
    books.ledger.keep(books.ledger.carry("events", type.code_name));
    return ok(type);
  }
  function change(call: Call): Reply {
    const changed = fitting(call, changeShape);
    return known(byId(changed.id_event), (type) => ok(Object.assign(type, changed)));
  }
  function fire(call: Call, code: string): Reply {
    return known(
      (type) => type.code_name === code,
      (type) => {
        const answer = trigger(books, type, fitting(call, triggerShape));
        fired.push({ code_name: code, triggered_at: new Date(books.world.now()).toISOString() });
        return answer;
      },
    );
  }
  return [
    ["POST", /^\/v1\/events$/, declare],
    ["PATCH", /^\/v1\/events$/, change],
    ["GET", /^\/v1\/events$/, (call) => listed(call, [...types.values()] as unknown as Item[])],
    ["GET", /^\/v1\/events\/histories$/, (call) => listed(call, fired)],
    ["GET", /^\/v1\/events\/(\d+)$/, (_call, [wanted]) => known(byId(wanted), (type) => ok(type))],
    [
      "DELETE",
      /^\/v1\/events\/(\d+)$/,
      (_call, [wanted]) => known(byId(wanted), ({ id_event }) => ok({ deleted: types.delete(id_event) })),
    ],
    ["POST", /^\/v1\/events\/trigger\/([^/]+)$/, (call, [code = ""]) => fire(call, code)],
  ];
}

function trigger(books: Books, type: EventType, body: Item): Reply {
  const contact = isObject(body.contact) ? body.contact : undefined;
  const visitor = isObject(body.visitor) ? body.visitor : undefined;
  if (!visitor && !(contact?.id ?? contact?.email ?? contact?.phone)) {
    throw bad("events: a trigger needs a contact with id, email or phone, or a visitor with an id");
  }
  const given: Record<string, unknown> = {
    metaData: body.metaData,
    customData: body.customData,
    "contact.customData": contact?.customData,
    "visitor.customData": visitor?.customData,
  };
  for (const slot of SLOTS) {
    const wrong = slotShape(type.properties?.[slot] ?? [])(given[slot] ?? {}, slot);
    if (wrong) throw bad(`events: ${type.code_name}: ${wrong}`);
  }
  // The same words twice are two messages to the same person.
  const key = createHash("sha256").update(
    JSON.stringify(body, (_name, value) => (typeof value === "bigint" ? String(value) : value)),
  );
  const entry = books.ledger.carry(`trigger ${type.code_name}`, key.digest("hex").slice(0, 16));
  books.ledger.count(entry, { target: visitor ? "visitor" : "contact" });
  return ok({ code_name: type.code_name });
}

function slotShape(fields: Field[]): Rule {
  const rules = (required: boolean) =>
    Object.fromEntries(
      fields.filter((one) => Boolean(one.required) === required).map((one) => [one.name, TYPES[one.type] ?? object]),
    );
  return shape(rules(true), rules(false));
}
