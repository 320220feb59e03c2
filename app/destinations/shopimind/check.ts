// What can be found out about a ShopiMind key by reading, and what ShopiMind counts now.
import { NotAsDocumented, SaidNo } from "../answer.ts";
import type { Finding, Http, Report } from "../destination.ts";
import { wordsOf } from "../meaning.ts";
import { listCarts, listContacts } from "./contacts.ts";
import { listSources } from "./data-sources.ts";
import type { Listed } from "./envelopes.ts";
import { OWN_SOURCE } from "./groundwork.ts";
import { because } from "./reasons.ts";
import { list } from "./resources.ts";

const LIMITS: Finding[] = [
  { ok: null, says: because("shopimind_check_writes") },
  { ok: null, says: because("shopimind_check_limit") },
];

export async function check(dataSource: string, http: Http): Promise<Finding[]> {
  const contacts = await asked(() => listContacts(http, { limit: 1 }));
  if (contacts instanceof SaidNo && contacts.answer.status === 401) {
    return [{ ok: false, says: because("shopimind_key_refused", { words: contacts.message }) }];
  }
  return [keyFinding(contacts), await sourceFinding(dataSource, http), ...LIMITS];
}

function keyFinding(contacts: Listed | SaidNo | NotAsDocumented): Finding {
  if (contacts instanceof NotAsDocumented) {
    return { ok: null, says: because("shopimind_unreadable", { words: contacts.why }) };
  }
  if (contacts instanceof SaidNo) {
    const closed = contacts.answer.status === 403;
    return closed
      ? { ok: false, says: because("shopimind_contacts_closed", { words: wordsOf(contacts.answer) }) }
      : { ok: null, says: because("shopimind_check_failed", { words: contacts.message }) };
  }
  const total = contacts.meta?.pagination?.total_items;
  if (total === undefined) return { ok: true, says: because("shopimind_key_valid") };
  return { ok: true, says: because("shopimind_key_valid_counted", { contacts: `${total}` }) };
}

async function sourceFinding(dataSource: string, http: Http): Promise<Finding> {
  const sources = await asked(() => listSources(http));
  if (!Array.isArray(sources))
    return { ok: null, says: because("shopimind_sources_unreadable", { words: sources.why }) };
  if (dataSource) {
    const chosen = sources.find(({ id_data_source }) => String(id_data_source) === dataSource);
    if (!chosen) return { ok: false, says: because("shopimind_no_source", { source: dataSource }) };
    return { ok: true, says: because("shopimind_source_chosen", { source: chosen.label ?? "" }) };
  }
  const own = sources.find(({ label }) => label === OWN_SOURCE.label);
  if (!own) return { ok: null, says: because("shopimind_source_declared") };
  return {
    ok: true,
    says: because("shopimind_source_there", { source: OWN_SOURCE.label, number: `${own.id_data_source}` }),
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

type Counted = "contacts" | "customers" | "orders" | "products" | "carts";
/** How many of each ShopiMind has: a list's own count, read with one item. */
export async function report(http: Http): Promise<Report> {
  const counted: [Counted, () => Promise<Listed>][] = [
    ["contacts", () => listContacts(http, { limit: 1 })],
    ["customers", () => list(http, "customers", { limit: 1 })],
    ["orders", () => list(http, "orders", { limit: 1 })],
    ["products", () => list(http, "products", { limit: 1 })],
    ["carts", () => listCarts(http, { limit: 1 })],
  ];
  const notes = [because("shopimind_no_dates")];
  const figures: Report["figures"] = [];
  for (const [what, count] of counted) {
    const label = because(`shopimind_${what}`);
    const said = await asked(count);
    const total = "data" in said ? said.meta?.pagination?.total_items : undefined;
    if (total !== undefined) figures.push({ label, value: String(total) });
    else if (said instanceof Error) notes.push(because("shopimind_uncounted", { label, words: said.why }));
    else notes.push(because("shopimind_count_untold", { label }));
  }
  return { figures, charts: [], tables: [], notes };
}
