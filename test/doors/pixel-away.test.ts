// The pixel's door while the database is away: the browser is not told that all is well, and the fault is heard.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { openDatabase } from "../../app/base/database.ts";
import { openReceiver } from "../../app/delivery/receive.ts";
import { openCeiling } from "../../app/doors/ceiling.ts";
import { openPixelDoor } from "../../app/doors/pixel.ts";
import { freePort } from "../../scripts/port.mjs";

test("a post is answered 503 while the database is away", async () => {
  const db = openDatabase(`postgresql://nobody@127.0.0.1:${await freePort()}/none`, { size: 1 });
  const faults: unknown[] = [];
  const failed = (error: unknown) => void faults.push(error);
  const [clock, now] = [() => new Date(), () => performance.now()];
  const ceiling = openCeiling(db, clock, failed);
  const receive = openReceiver(db);
  const door = openPixelDoor({ db, receive, ceiling, ring: () => {}, answered: () => {}, failed, now });
  const server = createServer((request, response) => void door(request, response));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/pixel/${"a".repeat(32)}`;
  expect((await fetch(url, { method: "POST", body: "{}" })).status).toBe(503);
  expect(faults).toHaveLength(1);
  server.closeAllConnections();
  server.close();
  await db.end();
});
