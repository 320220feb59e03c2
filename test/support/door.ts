// A door for webhooks to test on: on a real server and a real database, to which the way can fail.
import { Agent, createServer, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { openDatabase } from "../../app/base/database.ts";
import { openReceiver } from "../../app/delivery/receive.ts";
import { openDoor } from "../../app/doors/webhooks.ts";
import { SANDBOX_SECRET, signWebhook } from "../../sandbox/sign.ts";
import { freshDatabase } from "./database.ts";
import { openStalling } from "./stalling.ts";

export const OLD_SECRET = "the-secret-before";
export const MOST = 5 * 1024 * 1024;

interface Said {
  status: number;
  headers: Record<string, unknown>;
  text: string;
}
export interface Sent {
  body?: string | Buffer;
  headers?: Record<string, string | undefined>;
  method?: string;
  chunked?: boolean;
}

/** To be called once at the top of a test file: one door for all of it, empty for each test. */
export function doorForTests(secrets = [SANDBOX_SECRET, OLD_SECRET]) {
  let door: Awaited<ReturnType<typeof openTestDoor>>;
  beforeAll(async () => {
    door = await openTestDoor(secrets);
  });
  afterAll(() => door.close());
  beforeEach(async () => {
    door.rung.length = 0;
    await door.database.db.query("DELETE FROM webhook");
  });
  return () => door;
}

async function openTestDoor(secrets: string[]) {
  const database = await freshDatabase();
  const way = await openStalling(database.url);
  const db = openDatabase(way.url, { size: 6, timeout: 2_000 });
  const rung: string[] = [];
  const faults: unknown[] = [];
  const door = openDoor({
    receive: openReceiver(db),
    secrets,
    ring: (shop) => void rung.push(shop),
    answered: () => {},
    failed: () => {},
  });
  const server = createServer((incoming, outgoing) => {
    door(incoming, outgoing).catch((error: unknown) => {
      faults.push(error);
      outgoing.destroy();
    });
  });
  server.keepAliveTimeout = 75_000; // as in the web process
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 500 });
  const send = sender(port, agent);
  return {
    database,
    way,
    rung,
    faults,
    port,
    send,
    raw: (bytes: string | Buffer) => raw(port, bytes),
    stored: () =>
      database.db.query<{ shop: string; topic: string; webhook_id: string; state: string; body: Buffer }>(
        "SELECT shop, topic, webhook_id, state, body FROM webhook ORDER BY id",
      ),
    async isReached() {
      expect((await send({ body: '{"alive":true}' })).status).toBe(200);
    },
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await way.close();
      await Promise.all([db.end(), database.drop()]);
      expect(faults).toEqual([]);
    },
  };
}

/** Signed as Shopify does, but for what is said otherwise; a header that is undefined is left out. */
const sender =
  (port: number, agent: Agent) =>
  ({ body = "{}", headers = {}, method = "POST", chunked = false }: Sent): Promise<Said> => {
    const all = Object.entries({ ...signWebhook({ topic: "orders/create", body }), ...headers });
    const given = Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== undefined));
    const length = chunked ? { "transfer-encoding": "chunked" } : { "content-length": String(Buffer.byteLength(body)) };
    return new Promise((resolve, reject) => {
      const sent = request({ port, agent, method, path: "/webhooks", headers: { ...given, ...length } }, (answer) => {
        let text = "";
        answer.on("data", (chunk) => {
          text += chunk;
        });
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
        answer.on("error", reject);
      });
      sent.on("error", reject);
      sent.end(body);
    });
  };

/** Bytes as they are. @returns what came back until the connection ended. */
function raw(port: number, bytes: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    let said = "";
    const socket = connect(port, "127.0.0.1", () => socket.end(bytes));
    socket.on("data", (chunk) => {
      said += chunk;
    });
    socket.on("error", () => {}); // cut off: what was said counts
    socket.on("close", () => resolve(said));
  });
}
