// Posts alerts to the address that a merchant gave: each at most three times, and what went wrong is written down.
import { whyNotOutward } from "../../base/outward.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { sqlReason, told } from "../reasons.ts";
import type { Road } from "../road.ts";

/** The address is sealed in its own place: it is often a credential. */
export const alertContext = (shop: string) => `alert:${shop}`;

/** In the place of its host: the key is gone, or the record was changed. */
const UNOPENED = { host: "an address that can no longer be opened", problem: "save it again, please" };

const MOST_ATTEMPTS = 3;
const TIMEOUT = 5_000;
const AT_ONCE = 50;

const SET = statement<never, [shop: string, sealed: string | null]>("set-alert-url")`
  UPDATE shop
  SET alert_url = $2
  WHERE domain = $1`;

/** @param url "" to post no more. @returns null, or the sentence why it will not do. */
export async function setAlertUrl(road: Road, shop: string, url: string): Promise<string | null> {
  const parsed = URL.parse(url.trim());
  if (url.trim() && (parsed?.protocol !== "https:" || parsed.username || parsed.password))
    return "The address for alerts must begin with https:// and hold no password before its host.";
  const wrong = parsed && (await whyNotOutward(parsed));
  if (wrong) return `Alerts cannot be posted there. ${wrong}`;
  const sealed = parsed ? road.keys.seal(parsed.href, alertContext(shop)) : null;
  await road.db.query(SET, [shop, sealed]);
  return null;
}

const URL_OF = statement<{ sealed: string; problem: string | null }, [shop: string]>("alert-url-of-shop")`
  SELECT
    alert_url AS sealed,
    (SELECT post_failure
     FROM alert
     WHERE shop = domain AND post_attempts > 0
     ORDER BY told_at DESC
     LIMIT 1) AS problem
  FROM shop
  WHERE domain = $1 AND alert_url IS NOT NULL`;

/** What may be shown of it: its host, and why the last post failed. @returns null where none is set. */
export async function alertUrl(road: Road, shop: string): Promise<{ host: string; problem: string | null } | null> {
  const [row] = await road.db.query(URL_OF, [shop]);
  if (!row) return null;
  const url = openedUrl(road, shop, row.sealed);
  return url ? { host: new URL(url).host, problem: row.problem } : UNOPENED;
}

/** @returns null where no key of ours opens it. */
function openedUrl(road: Road, shop: string, sealed: string): string | null {
  try {
    return road.keys.open(sealed, alertContext(shop));
  } catch {
    return null; // what is wrong is told wherever the address would be used or shown
  }
}

interface Post {
  id: string;
  shop: string;
  url: string;
  connection: string;
  destination: string;
  kind: string;
  reason: Reason;
  since: Date;
}

const TAKE = statement<Post, [mostAttempts: number, atOnce: number]>("take-alerts-to-post")`
  UPDATE alert a
  SET post_attempts = post_attempts + 1
  FROM shop s, connection c
  WHERE s.domain = a.shop AND s.alert_url IS NOT NULL AND s.uninstalled_at IS NULL AND c.id = a.connection_id
    AND a.id IN (
      SELECT o.id
      FROM alert o
      JOIN shop p ON p.domain = o.shop AND p.alert_url IS NOT NULL
      WHERE o.posted_at IS NULL AND o.ended_at IS NULL AND o.post_attempts < $1
      ORDER BY o.id
      LIMIT $2)
  RETURNING a.id, a.shop, s.alert_url AS url, c.name AS connection, a.destination, a.kind,
    ${sqlReason("a")} AS reason, a.since`;
const POSTED = statement<never, [id: string, failure: string | null, now: Date]>("note-alert-posted")`
  UPDATE alert
  SET post_failure = $2, posted_at = CASE WHEN $2::text IS NULL THEN $3::timestamptz END
  WHERE id = $1`;

/** @param post the guarded way out: the address is the merchant's. */
export async function postAlerts(road: Road, post: typeof fetch, signal: AbortSignal): Promise<void> {
  const waiting = await road.db.query(TAKE, [MOST_ATTEMPTS, AT_ONCE]);
  await Promise.all(
    waiting.map(async (alert) => {
      const failure = await postOne(road, post, alert, signal);
      await road.db.query(POSTED, [alert.id, failure, road.clock()]);
    }),
  );
}

/** @returns null, or why it failed; never a word of what the address answered. */
async function postOne(road: Road, post: typeof fetch, alert: Post, signal: AbortSignal): Promise<string | null> {
  const { shop, connection, destination, kind, reason, since } = alert;
  const says = told(road, reason);
  const url = openedUrl(road, shop, alert.url);
  if (!url) return "its address can no longer be opened";
  try {
    const answer = await post(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ shop, connection, destination, kind, says, since: since.toISOString() }),
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
    });
    await answer.body?.cancel();
    return answer.status >= 200 && answer.status < 300 ? null : `it answered ${answer.status}`;
  } catch (error) {
    const code =
      error instanceof Error && error.cause instanceof Error ? (error.cause as { code?: string }).code : null;
    return error instanceof Error && error.name === "TimeoutError"
      ? "it did not answer in time"
      : `it could not be reached${code ? ` (${code})` : ""}`;
  }
}
