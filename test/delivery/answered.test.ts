// What a vendor's answer comes to, as a page tells it: a sentence of ours, the vendor's words as a quotation in it, and no library's.
import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Reason } from "../../app/base/reason.ts";
import { attention } from "../../app/delivery/ledger/attention.ts";
import { deliveryStory } from "../../app/delivery/ledger/story.ts";
import { because } from "../../app/delivery/reasons.ts";
import type { Road } from "../../app/delivery/road.ts";
import { quoted, saidBy } from "../../app/delivery/said.ts";
import { fitting, NotAsDocumented } from "../../app/destinations/answer.ts";
import type { Outcome } from "../../app/destinations/destination.ts";
import { destinations } from "../../app/destinations/index.ts";
import { openTellings } from "../../app/pages/texts/in-worker.ts";
import { LANGUAGES } from "../../app/pages/texts/languages.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { SLUGS } from "../../sandbox/vendors.ts";
import { answerBy, end, order, reasons, to, trip } from "../support/strange.ts";
import { asTold, REASON_OF } from "../support/told.ts";

const say = (response: ServerResponse, status: number, body: string) =>
  response.writeHead(status, { "content-type": "application/json" }).end(body);
const LIBRARY = /invalid|expected|received|undefined|zod|JSON|UND_ERR|at position|Error:/i;

describe.each(SLUGS)("%s", (slug) => {
  afterEach(() => end());

  test("a yes that is not as documented is told by a code of ours, and by no library's words", async () => {
    await to(slug);
    await order();
    const bodies = { prisjakt: "<html>Hello</html>", shopimind: "<html>Hello</html>" } as Record<string, string>;
    answerBy(({ method }, response) => {
      if (method !== "GET") say(response, 200, bodies[slug] ?? '{"odd":true}');
      return method !== "GET";
    });
    await trip.run();
    const rows = await trip.road.db.query<{ reason: Reason }>(
      `SELECT ${REASON_OF("d")} FROM delivery d WHERE reason_code IS NOT NULL`,
    );
    expect(asTold(rows)[0]?.reason).toMatch(
      /answered 200, (but not as its documentation promises|and may have taken it: “Hello”)/,
    );
    expect(JSON.stringify(asTold(rows))).not.toMatch(LIBRARY);
    expect(JSON.stringify(rows)).not.toMatch(LIBRARY);
  });
});

describe("what is kept of a request", () => {
  afterEach(() => end());
  const attempts = async () => {
    const [one] = await trip.road.db.query<{ id: string }>("SELECT max(id)::text AS id FROM delivery");
    return (await deliveryStory(trip.road, SANDBOX_SHOP, one?.id ?? ""))?.attempts ?? [];
  };

  test("without an answer it has a reason in its place; with one, the answer", async () => {
    await to("tolinku");
    await order();
    answerBy((_asked, response) => {
      response.destroy();
      return true;
    });
    await trip.run();
    expect(asTold(await attempts())).toMatchObject([
      { status: null, answer: null, none: "the connection broke before the answer was there" },
    ]);
    await trip.road.db.query("UPDATE attempt SET answer = 'the connection broke'");
    expect(asTold(await attempts())).toMatchObject([{ answer: null, none: "the connection broke" }]);
    await trip.road.db.query("UPDATE attempt SET status = 200");
    expect(await attempts()).toMatchObject([{ answer: "the connection broke", none: null }]);
  });

  test("a refusal names the vendor, the status and its words; one that was kept before that is told decently", async () => {
    await to("prisjakt");
    await order();
    answerBy((_asked, response) => Boolean(say(response, 400, '{"title":"No \\"such\\" product {{vendor}}"}')));
    await trip.run();
    expect(await reasons("prisjakt")).toEqual(['Prisjakt refused it (400): “No "such" product {{vendor}}”']);
    await trip.road.db.query(
      "UPDATE delivery SET reason_code = 'vendor_said', reason_values = '{\"words\": \"400 No such product\"}'",
    );
    expect(asTold(await attention(trip.road, SANDBOX_SHOP))).toMatchObject([
      { reason: "the vendor said: “400 No such product”" },
    ]);
  });
});

test("each class of outcome has a sentence in each language, its quotation in the marks of that language", async () => {
  const outcomes = ["400 No", "400", "No"].flatMap((reason) =>
    (["refused", "split", "retry", "doubt"] as const).map((is): Outcome => ({ is, reason })),
  );
  const pauses = ["403 No", "403", "No"].map((reason): Outcome => ({ is: "pause", scope: "channel", reason }));
  const tellings = openTellings({ destinations } as unknown as Road);
  for (const language of LANGUAGES) {
    const { tell } = await tellings(language);
    for (const outcome of [...outcomes, ...pauses] as Extract<Outcome, { reason: unknown }>[]) {
      const said = tell(saidBy("Acme", outcome));
      const status = /^\d+/.exec(`${outcome.reason}`)?.[0];
      expect(said).not.toMatch(/^\W*No|_|\{/);
      if (outcome.is !== "doubt" || status) expect(said).toMatch(/^Acme /);
      if (status) expect(said).toContain(status);
      if (`${outcome.reason}`.includes("No"))
        expect(said.endsWith({ de: "„No“", sv: "”No”", fr: "«\u202fNo\u202f»" }[language as string] ?? "“No”")).toBe(
          true,
        );
    }
  }
});

test("a reason that says more than the vendor's words stays; the words in it are found without their sentence", () => {
  const own = because("no_outcome");
  expect(saidBy("Acme", { is: "doubt", reason: own })).toBe(own);
  expect(quoted(saidBy("Acme", { is: "refused", reason: "400 No" }))).toBe("No");
  expect(quoted({ code: "vendor_said", values: { words: "400 No" } })).toBe("No");
  expect(quoted(because("nothing_sent", { words: "No" }))).toBeUndefined();
});

test("a place in a list makes no reason of its own", () => {
  const schema = z.object({ rows: z.array(z.object({ amount: z.number(), at: z.string() })) });
  const json = {
    rows: [
      { amount: "1", at: 2 },
      { amount: "1", at: "x" },
    ],
  };
  const read = () => fitting(schema, { status: 200, headers: new Headers(), text: "", json });
  expect(read).toThrow(NotAsDocumented);
  expect(read).toThrow("answered 200, but not as its documentation promises (field: rows.amount, rows.at)");
});
