// Purchases a second in one lane of a vendor that takes one a request and 20 ms for its answer, against one request after the other.
import { fillBacklog } from "../fill/backlog.ts";
import { makePatterns } from "../fill/patterns.ts";
import { startApp } from "../measure/app.ts";
import { alternate, done, say, size, tellRatio } from "../measure/figures.ts";
import { untilSettled } from "../measure/settled.ts";
import { startVendors } from "../vendors/vendors.ts";

const TURNS = size(2, 1);
const COUNT = { lane: size(2_000, 300), one: size(150, 50) };
const DELAY = { prisjakt: 20 };

const vendors = await startVendors();
const app = await startApp({ vendorsUrl: vendors.url });
const { db } = app.database;
await makePatterns(app);

async function lane(): Promise<number> {
  await vendors.reset({ delays: DELAY });
  await fillBacklog(db, "prisjakt", COUNT.lane);
  await untilSettled(db);
  const { first, last, requests } = await vendors.count();
  if (requests.prisjakt !== COUNT.lane) throw new Error(`prisjakt was asked ${requests.prisjakt} times`);
  return tellSpeed("lane", (1_000 * COUNT.lane) / (last - first));
}

/** On a connection that is kept. */
async function oneAtATime(): Promise<number> {
  await vendors.reset({ delays: DELAY });
  const body = JSON.stringify({ event_name: "purchase", external_event_id: "1", data: { currency: "EUR", amount: 1 } });
  for (let n = 0; n < COUNT.one; n += 1) {
    const url = `${vendors.url}/prisjakt/pixels/11111111-1111-4111-8111-111111111111/events`;
    const answer = await fetch(url, { method: "POST", body, headers: { "content-type": "application/json" } });
    await answer.json();
  }
  const { first, last } = await vendors.count();
  return tellSpeed("one at a time", (1_000 * COUNT.one) / (last - first));
}

function tellSpeed(what: string, perSecond: number): number {
  say({ bench: "prisjakt", what, perSecond: Math.round(perSecond) });
  return perSecond;
}

const runs = await alternate(TURNS, { lane, one: oneAtATime });
tellRatio("prisjakt_per_second_vs_one_at_a_time", runs, ["lane", "one"]);
await app.stop();
done();
