// tmp
import { expect, test } from "vitest";
import { preview } from "../../app/delivery/preview/preview.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openTestRoad } from "../support/road.ts";

test("tmp", async () => {
  const trip = await openTestRoad();
  for (const sheet of trip.road.destinations) {
    const [row] = await trip.road.db.query<{ id: string }>("SELECT id FROM connection WHERE destination=$1", [sheet.slug]);
    for (const kind of Object.keys(sheet.on)) {
      const got = await preview(trip.road, SANDBOX_SHOP, { id: row?.id ?? null, destination: sheet.slug, name: sheet.name, settings: sheet.slug === "shopipixel" ? {refundEvent: "Ret"} : {}, rules: {} }, { sample: kind });
      if (got.is !== "preview") { console.log(sheet.slug, kind, JSON.stringify(got)); continue; }
      console.log(sheet.slug, kind, JSON.stringify(got.reason), got.declares.join(), got.requests.map((r) => `${r.method} ${r.url}\n${JSON.stringify(r.headers)}\n${r.body?.slice(0, 300)}`).join("\n"));
    }
  }
  await trip.close();
  expect(1).toBe(1);
});
