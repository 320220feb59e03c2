// What can be found out about a ShopiMind key by reading, and what ShopiMind counts now.
import { NotAsDocumented, SaidNo } from "../answer.ts";
import type { Finding, Http, Report } from "../destination.ts";
import { wordsOf } from "../meaning.ts";
import { listCarts, listContacts } from "./contacts.ts";
import { listSources } from "./data-sources.ts";
import type { Listed } from "./envelopes.ts";
import { OWN_SOURCE } from "./groundwork.ts";
import { list } from "./resources.ts";

const LIMITS: Finding[] = [
  { ok: null, says: "Whether the key may write customers, orders and products is known with the first event" },
  { ok: null, says: "ShopiMind takes 600 requests a minute with one key" },
];

export async function check(dataSource: string, http: Http): Promise<Finding[]> {
  const contacts = await asked(() => listContacts(http, { limit: 1 }));
  if (contacts instanceof SaidNo && contacts.answer.status === 401) {
    return [{ ok: false, says: `ShopiMind does not accept this key (${contacts.message})` }];
  }
  return [keyFinding(contacts), await sourceFinding(dataSource, http), ...LIMITS];
}

function keyFinding(contacts: Listed | SaidNo | NotAsDocumented): Finding {
  if (contacts instanceof NotAsDocumented) {
    return { ok: null, says: `ShopiMind's answer could not be read (${contacts.message})` };
  }
  if (contacts instanceof SaidNo) {
    const closed = contacts.answer.status === 403;
    return closed
      ? { ok: false, says: `The key is known, but may not read contacts (${wordsOf(contacts.answer)})` }
      : { ok: null, says: `ShopiMind could not say just now (${contacts.message})` };
  }
  const total = contacts.meta?.pagination?.total_items;
  return {
    ok: true,
    says: `The key is valid${total === undefined ? "" : `; ShopiMind has ${total} contacts of this shop`}`,
  };
}

async function sourceFinding(dataSource: string, http: Http): Promise<Finding> {
  const sources = await asked(() => listSources(http));
  if (!Array.isArray(sources)) return { ok: null, says: `The data sources could not be read (${sources.message})` };
  if (dataSource) {
    const chosen = sources.find(({ id_data_source }) => String(id_data_source) === dataSource);
    if (!chosen) return { ok: false, says: `ShopiMind has no data source ${dataSource}` };
    return { ok: true, says: `What is sent belongs to the data source “${chosen.label}”` };
  }
  const own = sources.find(({ label }) => label === OWN_SOURCE.label);
  if (!own) return { ok: null, says: "An own data source is declared with the first event" };
  return {
    ok: true,
    says: `The own data source “${own.label}” is there; to have all of it belong to it, enter ${own.id_data_source}`,
  };
}

async function asked<Value>(call: () => Promise<Value>): Promise<Value | SaidNo | NotAsDocumented> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof SaidNo || error instanceof NotAsDocumented) return error;
    throw error;
  }
}

/** How many of each ShopiMind has: a list's own count, read with one item. */
export async function report(http: Http): Promise<Report> {
  const counted: [string, () => Promise<Listed>][] = [
    ["Contacts", () => listContacts(http, { limit: 1 })],
    ["Customers", () => list(http, "customers", { limit: 1 })],
    ["Orders", () => list(http, "orders", { limit: 1 })],
    ["Products", () => list(http, "products", { limit: 1 })],
    ["Carts", () => listCarts(http, { limit: 1 })],
  ];
  const notes = [
    "ShopiMind's API has no figures by date: these are the counts of now, some seconds behind what was accepted.",
  ];
  const figures: Report["figures"] = [];
  for (const [label, count] of counted) {
    const said = await asked(count);
    const total = "data" in said ? said.meta?.pagination?.total_items : undefined;
    if (total !== undefined) figures.push({ label, value: String(total) });
    else notes.push(`${label}: ${said instanceof Error ? said.message : "ShopiMind did not say how many"}`);
  }
  return { figures, charts: [], tables: [], notes };
}
