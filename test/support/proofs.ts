// What was kept of the requests of a trade, and how it is shown.
import { type Proof, proofsOf } from "../../app/delivery/proof/proof.ts";
import { unpack } from "../../app/delivery/proof/sent.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import type { Trade } from "./trade.ts";

/** An attempt, once for each delivery that it carried. */
interface Row {
  id: string;
  delivery: string;
}

/** @param trade the present one of the test. */
export const proofsIn = (trade: () => Trade) => ({
  attempts: (slug: Slug) =>
    trade().road.db.query<Row>(
      "SELECT id, unnest(deliveries) AS delivery FROM attempt WHERE destination = $1 ORDER BY id, delivery",
      [slug],
    ),
  texts: async () =>
    (await trade().road.db.query<{ text: Buffer }>("SELECT text FROM sent_request ORDER BY id")).map(({ text }) =>
      unpack(text),
    ),
  proof: async ({ id, delivery }: Row, open = false): Promise<Proof> => {
    const found = (await proofsOf(trade().road, SANDBOX_SHOP, delivery, open))[id];
    if (!found) throw new Error("there is no such request");
    return found;
  },
});
