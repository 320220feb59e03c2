// A transaction-mode pooler: its clients take turns on one connection to PostgreSQL, which forgets after each what was prepared.
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import pg from "pg";

export interface Message {
  /** The protocol's letter for what it is; empty for a client's first, which has none. */
  type: string;
  bytes: Buffer;
}

/** @returns `url`: the database, by way of the pooler. */
export async function openPooler(databaseUrl: string): Promise<{ url: string; close(): Promise<void> }> {
  const inside = await openInside(databaseUrl);
  let last: Promise<unknown> = Promise.resolve();
  const pooler = createServer((client) => void serve(client).catch(() => client.destroy()));
  async function serve(client: Socket): Promise<void> {
    const messages = read(client, true);
    await messages.next();
    client.write(Buffer.concat([message("R", Buffer.alloc(4)), message("Z", Buffer.from("I"))]));
    for await (const opening of messages) {
      if (opening.type === "X") return void client.end();
      last = last.then(() => turn(inside, client, opening, messages));
      await last;
    }
  }
  await once(pooler.listen(0, "127.0.0.1"), "listening");
  const url = new URL(databaseUrl);
  url.port = String((pooler.address() as AddressInfo).port);
  return {
    url: url.href,
    async close() {
      inside.socket.destroy();
      await new Promise((done) => pooler.close(done));
    },
  };
}

interface Inside {
  socket: Socket;
  messages: AsyncGenerator<Message>;
}

/** pg opens the connection; from then on its bytes are ours. */
async function openInside(connectionString: string): Promise<Inside> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  for (const event of ["data", "close", "end"]) stream.removeAllListeners(event);
  return { socket: stream, messages: read(stream, false) };
}

/** A client has the connection until its transaction is over. */
async function turn(inside: Inside, client: Socket, opening: Message, messages: AsyncGenerator<Message>) {
  for (let sent = opening; ; sent = (await messages.next()).value) {
    inside.socket.write(sent.bytes);
    const asksForAnswer = sent.type === "Q" || sent.type === "S";
    if (asksForAnswer && (await pass(inside, client)) === "I") break;
  }
  inside.socket.write(message("Q", Buffer.from("DEALLOCATE ALL\0")));
  await pass(inside, null);
}

/** Passes one answer on. @returns "I" where no transaction is open behind it. */
async function pass({ messages }: Inside, client: Socket | null): Promise<string> {
  for (;;) {
    const { type, bytes }: Message = (await messages.next()).value;
    client?.write(bytes);
    if (type === "Z") return bytes.toString("latin1", 5);
  }
}

/** What one side says in PostgreSQL's protocol. */
export async function* read(bytes: AsyncIterable<Buffer>, isClient: boolean): AsyncGenerator<Message> {
  let rest = Buffer.alloc(0);
  let head = isClient ? 0 : 1;
  for await (const chunk of bytes) {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const size = rest.length >= head + 4 ? head + rest.readInt32BE(head) : Number.POSITIVE_INFINITY;
      if (rest.length < size) break;
      yield { type: rest.toString("latin1", 0, head), bytes: rest.subarray(0, size) };
      rest = rest.subarray(size);
      head = 1;
    }
  }
}

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5, type);
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}
