// ShopiMind's bulk writes: upserts with rejected items by index, and deletes.
import { createHash } from "node:crypto";
import { list, shape, text } from "./check.ts";
import { arrayOf, type Books, bad, bodyOf, hold, type Item, no, ok, shelf } from "./shopimind-books.ts";
import { RESOURCES, type Resource } from "./shopimind-fields.ts";
import { PARTS } from "./shopimind-parts.ts";
import type { Call, Reply, Route } from "./vendor.ts";

const MOST_DELETED = 20;

export function bulkRoutes(books: Books): Route[] {
  const flat = Object.entries(RESOURCES).flatMap(([kind, resource]): Route[] => [
    ["POST", new RegExp(`^/v1/${kind}$`), (call) => upsert(books, kind, resource, call)],
    ["PUT", new RegExp(`^/v1/${kind}$`), (call) => upsert(books, kind, resource, call)],
    ["POST", new RegExp(`^/v1/${kind}/bulk-delete$`), (call) => bulkDelete(books, kind, resource, call)],
    ["DELETE", new RegExp(`^/v1/${kind}/([^/]+)$`), (_call, [id = ""]) => remove(books, kind, resource, id)],
  ]);
  const parts = PARTS.flatMap(({ kind, whole, owner, alone, owned }): Route[] => {
    const path = `^/v1/${whole}/([^/]+)/${kind}`;
    const of = (id: string) => (item: Item) => String(item.parent_id ?? item[owner]) === id;
    return [
      ["POST", new RegExp(`^/v1/${whole}/${kind}/bulk$`), (call) => upsert(books, kind, owned, call)],
      ["POST", new RegExp(`${path}$`), (call, [id]) => upsert(books, kind, alone, call, id)],
      ["PUT", new RegExp(`${path}$`), (call, [id]) => upsert(books, kind, alone, call, id)],
      ["POST", new RegExp(`${path}/bulk-delete$`), (call, [id = ""]) => bulkDelete(books, kind, alone, call, of(id))],
      [
        "DELETE",
        new RegExp(`${path}/([^/]+)$`),
        (_call, [whole = "", id = ""]) => remove(books, kind, alone, id, of(whole)),
      ],
    ];
  });
  return [...parts, ...flat];
}

function upsert(books: Books, kind: string, resource: Resource, call: Call, parent?: string): Reply {
  const items = arrayOf(call, resource.most);
  const rejected = items.flatMap((given, index) => {
    const wrong = resource.fits(given, "") ?? notDeclared(books, kind, given as Item);
    if (!wrong) take(books, kind, resource, given as Item, parent);
    else books.ledger.breach(`${kind}: ${wrong}`);
    return wrong ? [{ index, item: given, errors: [wrong] }] : [];
  });
  const counts = {
    sent_count: items.length - rejected.length,
    rejected_count: rejected.length,
    rejected_items: rejected,
  };
  if (rejected.length === items.length) return no(400, "All items are invalid", counts);
  return { status: 200, json: { statusCode: 200, ...counts } };
}

function notDeclared(books: Books, kind: string, item: Item): string | null {
  const lacks = (what: string, id: unknown) => typeof id === "string" && !shelf(books, what).has(id);
  if (kind === "orders" && lacks("orders-statuses", item.status_id)) {
    return `status_id ${item.status_id} has not been declared`;
  }
  // What the vendor does with these is not documented: it is taken, and written down.
  if (kind === "orders" && lacks("orders-carriers", item.carrier_id)) {
    books.ledger.breach(`orders: carrier_id ${item.carrier_id} has not been declared`);
  }
  if (kind === "products" && lacks("products-manufacturers", item.manufacturer_id)) {
    books.ledger.breach(`products: manufacturer_id ${item.manufacturer_id} has not been declared`);
  }
  return null;
}

const WORTH_KEEPING = [
  "amount",
  "currency",
  "status_id",
  "is_confirmed",
  "is_opt_in",
  "is_newsletter_subscribed",
  "updated_at",
];

function take(books: Books, kind: string, resource: Resource, item: Item, parent: string | undefined): void {
  const key = resource.id.map((name) => String(item[name])).join(" ");
  const before = shelf(books, kind).get(key)?.item;
  const entry = books.ledger.carry(kind, publicKey(key));
  const facts = Object.fromEntries(WORTH_KEEPING.filter((name) => name in item).map((name) => [name, item[name]]));
  // The vendor takes what comes last; that something older came after something newer is for the tests to see.
  const older = Date.parse(String(item.updated_at)) < Date.parse(String(before?.updated_at)) ? 1 : 0;
  books.ledger.keep(entry, { ...facts, wentBack: Number(entry.facts.wentBack ?? 0) + older });
  hold(books, kind, key, parent === undefined ? item : { ...item, parent_id: parent });
}

/** An address is no key to show. */
const publicKey = (key: string) =>
  key.includes("@") ? createHash("sha256").update(key).digest("hex").slice(0, 16) : key;

type Which = (item: Item) => boolean;
const any: Which = () => true;

function drop(books: Books, kind: string, id: string, which: Which): boolean {
  const there = shelf(books, kind);
  const keys = [...there]
    .filter(([key, { item }]) => (key === id || key.startsWith(`${id} `)) && which(item))
    .map(([key]) => key);
  for (const key of keys) {
    there.delete(key);
    books.ledger.drop(kind, publicKey(key));
  }
  return keys.length > 0;
}

function remove(books: Books, kind: string, resource: Resource, id: string, which = any): Reply {
  if (!resource.ids) return no(404, "Not found");
  drop(books, kind, id, which); // what is gone already is no error
  return ok({ deleted: id });
}

function bulkDelete(books: Books, kind: string, resource: Resource, call: Call, which = any): Reply {
  const name = resource.ids ?? "ids";
  const body = bodyOf(call);
  const wrong = shape({ [name]: list(text, 1) })(body, "");
  if (wrong) throw bad(wrong);
  const ids = (body as Record<string, string[]>)[name] ?? [];
  if (ids.length > MOST_DELETED) throw bad(`at most ${MOST_DELETED} are deleted in a call, not ${ids.length}`);
  for (const id of ids) drop(books, kind, id, which);
  // "A 200 response means your request has been accepted": no more of it is promised.
  return { status: 200, json: { statusCode: 200 } };
}
