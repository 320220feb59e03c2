// ShopiMind's lists and segments, and what a connector keeps about itself.
import { either, flag, list, mapOf, number, oneOf, shape, string, text } from "./check.ts";
import { type Books, fitting, type Item, listed, no, ok } from "./shopimind-books.ts";
import type { Call, Reply, Route } from "./vendor.ts";

const listShape = shape({ name: text, type: oneOf("list", "segment") });
const listChange = shape({}, { name: text, segmentation_config: string, keep_updated: flag });
const configShape = mapOf(either(string, either(number, flag)));
const connectionShape = shape(
  {
    default_currency: text,
    default_lang: text,
    langs: list(text, 1),
    timezone: text,
    url_client: text,
    ecommerce_version: text,
    module_version: text,
  },
  { shop_id: text },
);

export function listRoutes(books: Books): Route[] {
  const lists = new Map<string, Item>();
  let lastId = 0;
  const known = (id: string, then: (list: Item) => Reply) => {
    const found = lists.get(id);
    return found ? then(found) : no(404, `there is no list ${id}`);
  };
  function add(call: Call): Reply {
    const made = { ...fitting(call, listShape), id_shop_list: ++lastId };
    lists.set(String(lastId), made);
    books.ledger.keep(books.ledger.carry("lists", String(lastId)));
    return ok(made);
  }
  return [
    ["GET", /^\/v1\/lists$/, (call) => listed(call, [...lists.values()])],
    ["POST", /^\/v1\/lists$/, add],
    ["GET", /^\/v1\/lists\/([^/]+)$/, (_call, [id = ""]) => known(id, ok)],
    [
      "PATCH",
      /^\/v1\/lists\/([^/]+)$/,
      (call, [id = ""]) => known(id, (found) => ok(Object.assign(found, fitting(call, listChange)))),
    ],
    ["DELETE", /^\/v1\/lists\/([^/]+)$/, (_call, [id = ""]) => known(id, () => ok({ deleted: lists.delete(id) }))],
    // Nobody is put onto a list by this API.
    ["GET", /^\/v1\/lists\/([^/]+)\/contacts$/, (call, [id = ""]) => known(id, () => listed(call, []))],
  ];
}

export function connectorRoutes(books: Books): Route[] {
  const values: Record<string, string> = {};
  function configure(call: Call): Reply {
    for (const [name, value] of Object.entries(fitting(call, configShape))) values[name] = String(value);
    return ok({ values });
  }
  function connect(call: Call): Reply {
    const connection = fitting(call, connectionShape);
    books.ledger.keep(books.ledger.carry("shop connection", String(connection.url_client)));
    return ok(connection);
  }
  return [
    ["GET", /^\/v1\/integration-config$/, () => ok({ values })],
    ["PUT", /^\/v1\/integration-config$/, configure],
    ["POST", /^\/v1\/shop\/connection$/, connect],
  ];
}
