// Works off what Shopify asks of every app: hand out what is held about a person, erase a person, erase a shop. One that fails holds up no other.
import { statement } from "../../base/statement.ts";
import { readAsked } from "../../events/asked.ts";
import { identityIn } from "../../events/whose.ts";
import { mailOf, phoneOf } from "../erasure/contacts.ts";
import { erase } from "../erasure/erase.ts";
import type { Named } from "../erasure/named.ts";
import { shopOfId, standingOf } from "../identity/same-shop.ts";
import { sqlIdName } from "../normalize/kept-keys.ts";
import type { Road } from "../road.ts";
import { answerDataRequest } from "./data-requests.ts";
import { redactShop } from "./redact-shop.ts";

interface Waiting {
  id: string;
  shop: string;
  topic: string;
  triggeredAt: Date | null;
  receivedAt: Date;
  body: Buffer;
}

const NEXT = statement<Waiting, [after: string, topics: string[]]>("next-request-of-shopify")`
  SELECT id, shop, topic, triggered_at AS "triggeredAt", received_at AS "receivedAt", coalesce(body, '') AS body
  FROM webhook
  WHERE state = 'waiting' AND id > $1 AND topic = ANY ($2)
  ORDER BY id
  LIMIT 1`;
// Its body names a person: it is not kept any longer.
const DONE = statement<never, [id: string, now: Date]>("end-request-of-shopify")`
  UPDATE webhook
  SET state = 'normalized', body = NULL, normalized_at = $2
  WHERE id = $1`;

const WORK: Record<string, (road: Road, webhook: Waiting) => Promise<unknown>> = {
  "customers/data_request": (road, webhook) => answerDataRequest(road, webhook.shop, webhook, named(webhook)),
  "customers/redact": (road, webhook) => erase(road, webhook.shop, named(webhook), "shopify"),
  "shop/redact": (road, webhook) => redactShop(road, webhook.shop, webhook),
};

/** Where something of the shop is kept: under the name that the webhook came by, and as long as nobody could ask whether it is the same under another. */
async function placesOf(road: Road, { shop }: Waiting, id: string | null): Promise<string[]> {
  const other = id && (await shopOfId(road.db, id, shop));
  if (!other) return [shop];
  const { connected } = await standingOf(road.db, shop);
  return connected ? [shop, other] : [other, shop];
}
// By its id, too: it may have another name by now, or had several.
const ERASED = statement<{ erased: boolean }, [shop: string, id: string | null]>("is-shop-erased")`
  SELECT EXISTS (
      SELECT 1
      FROM unnest(ARRAY[$1, ${sqlIdName("$2")}]) AS n (name)
      JOIN erased_shop e ON e.hash = sha256(convert_to(n.name, 'UTF8')))
    AND NOT EXISTS (SELECT 1 FROM shop WHERE domain = $1 OR shopify_id = $2) AS erased`;
// Nothing was held of anybody: that it was asked and done stays, of nobody and of no shop that can be told.
const hashed = (column: string) => `encode(sha256(convert_to(${column}, 'UTF8')), 'hex')`;
const RECORD = statement<never, [shop: string, now: Date]>("record-request-to-erased-shop")`
  UPDATE erasure
  SET shop = ${hashed("shop")}, about = ${hashed("shop || about")}, done_at = coalesce(done_at, $2), person = NULL,
    told = NULL
  WHERE shop = $1`;

/** In the order in which they came. @throws the first of its faults, when all were tried. */
export async function answerRequests(road: Road, signal: AbortSignal): Promise<void> {
  const faults: unknown[] = [];
  for (let after = "0"; !signal.aborted; ) {
    const [webhook] = await road.db.query(NEXT, [after, Object.keys(WORK)]);
    if (!webhook) break;
    after = webhook.id;
    await answer(road, webhook).catch((error: unknown) => faults.push(error));
  }
  if (faults.length > 0) throw faults[0];
}

async function answer(road: Road, webhook: Waiting): Promise<void> {
  const id = idIn(webhook);
  // A request for a person's file is answered once: of where the connections are.
  for (const shop of await placesOf(road, webhook, id)) await WORK[webhook.topic]?.(road, { ...webhook, shop });
  const [is] = await road.db.query(ERASED, [webhook.shop, id]);
  if (is?.erased) {
    await road.db.query(RECORD, [webhook.shop, road.clock()]);
    await redactShop(road, webhook.shop, webhook);
  }
  await road.db.query(DONE, [webhook.id, road.clock()]);
}

/** Shopify's id of the shop. Of a body that went with the person nothing can be told. */
const idIn = ({ body, topic, receivedAt }: Waiting): string | null =>
  body.length > 0 ? (identityIn(body, topic, receivedAt)?.id ?? null) : null;

/** What is no address or number names nobody. */
function named({ body }: Waiting): Named {
  const asked = readAsked(body);
  return { ...asked, email: mailOf(asked.email), phone: phoneOf(asked.phone) ? (asked.phone?.trim() ?? null) : null };
}
