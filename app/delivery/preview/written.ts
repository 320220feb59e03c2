// What a connection would say to its vendor, by the road's own code: it sorts, batches and writes; only the way out leads nowhere.
import type { Reason } from "../../base/reason.ts";
import { NothingLeft } from "../../base/way-out.ts";
import type { Destination } from "../../destinations/destination.ts";
import { type OpenConnection, opened } from "../connections/open-connection.ts";
import type { Rules } from "../connections/rules.ts";
import { batches } from "../deliver/batches.ts";
import type { Claimed } from "../deliver/claim.ts";
import { request } from "../deliver/request.ts";
import { openRun } from "../deliver/run.ts";
import { type Piece, sort } from "../deliver/work.ts";
import { inLines } from "../proof/mask.ts";
import { type Sent, withoutSecrets } from "../proof/sent.ts";
import { because } from "../reasons.ts";
import type { Road } from "../road.ts";

export interface Said {
  /** Why nothing would be sent; null: something would. */
  reason: Reason | null;
  requests: Sent[];
  /** What the vendor would be told first, once, so that it can take them. */
  declares: string[];
}
export interface Form {
  shop: string;
  sheet: Destination;
  settings: Record<string, string>;
  rules: Rules;
}

const NO_LANE = { heldUntil: null, failures: 0, slotAt: null, host: null, declared: {}, warning: null };
const LANE = { ...NO_LANE, pausedChannels: {}, channelTries: {} };
const NO_LEASE = { connectionId: "", epoch: "0", goodUntil: Number.POSITIVE_INFINITY };

/** Pauses and limits are left out of it: it is about what would be said. Writes nothing, and no byte leaves. */
export async function saidOf(road: Road, form: Form, claimed: Claimed): Promise<Said> {
  const requests: Sent[] = [];
  const connection = connectionOf(road, form, requests);
  const run = openRun(road, { lease: NO_LEASE, lane: LANE }, connection, { breaker: null, notBefore: null });
  const { send, settled } = sort(run, [claimed], road.clock());
  for (const [channel, sheet] of Object.entries(form.sheet.channels)) {
    const own = send.filter(({ message }) => message.channel === channel);
    for (const pieces of batches(own, sheet)) await request(connection, channel, pieces);
  }
  const reason = send.length > 0 ? null : (settled[0]?.reason ?? because("nothing_to_say"));
  return { reason, requests, declares: declaredFor(form.sheet, send) };
}

function connectionOf(road: Road, { shop, sheet, settings, rules }: Form, into: Sent[]): OpenConnection {
  const nowhere = (async (url: string | URL, { method = "GET", headers, body }: RequestInit = {}) => {
    const written = { method, url: new URL(url), headers: new Headers(headers), body: body as string | undefined };
    const sent = withoutSecrets(written, { sheet, settings });
    into.push({ ...sent, body: inLines(sent.body, false) });
    throw new NothingLeft("a preview sends nothing");
  }) as typeof fetch;
  const row = { id: "", shop, state: "on", account: sheet.account(settings), rules };
  return opened({ ...road, fetch: nowhere }, sheet, row, settings);
}

const declaredFor = ({ prepare }: Destination, pieces: Piece[]): string[] => [
  ...new Set(
    pieces.flatMap(({ message, delivery }) => prepare?.needs(message, delivery.event) ?? []).map(({ key }) => key),
  ),
];
