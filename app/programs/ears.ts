// One connection that listens for all queues of a process: BullMQ by itself takes one for each.
import { type BackendFactory, PostgresConnection, PostgresQueueBackend } from "bullmq";
import pg from "pg";

interface Ears {
  /** The connection that listens; opened at the first need, and anew after it broke. */
  client(): Promise<pg.Client>;
  /** It broke: whoever listened has to listen anew. */
  onBreak(tell: (error: Error) => void): void;
  close(): Promise<void>;
}

/** BullMQ's backend in PostgreSQL: on one pool, and on one connection beside it once a worker listens. */
export function sharedBackend(pool: pg.Pool, connectionString: string) {
  const ears = openEars(connectionString);
  const factory: BackendFactory<PostgresQueueBackend, pg.Pool> = (name, options) =>
    new PostgresQueueBackend(new Listening(pool, ears), name, options);
  return { factory, close: ears.close };
}

class Listening extends PostgresConnection {
  readonly #ears: Ears;
  constructor(pool: pg.Pool, ears: Ears) {
    super(pool);
    this.#ears = ears;
    ears.onBreak((error) => {
      this.emit("listenerinvalidated");
      if (this.listenerCount("error") > 0) this.emit("error", error);
    });
  }
  override async getListenClient() {
    return (await this.#ears.client()) as unknown as Awaited<ReturnType<PostgresConnection["getListenClient"]>>;
  }
}

function openEars(connectionString: string): Ears {
  const listeners: ((error: Error) => void)[] = [];
  let current: Promise<pg.Client> | null = null;
  function open(): Promise<pg.Client> {
    const client = new pg.Client({
      ...{ connectionString, connectionTimeoutMillis: 5_000, application_name: "switchyard bells" },
      ...{ keepAlive: true, keepAliveInitialDelayMillis: 10_000 },
    });
    client.setMaxListeners(0); // each queue hears all, and takes what is its own
    oneAtATime(client);
    const opened = client.connect().then(() => client);
    client.on("error", (error) => {
      if (current !== opened) return;
      current = null;
      client.removeAllListeners("notification");
      client.end().catch(() => {}); // it is broken already
      for (const tell of listeners) tell(error);
    });
    opened.catch(() => {
      if (current === opened) current = null;
    });
    return opened;
  }
  return {
    client() {
      current ??= open();
      return current;
    },
    onBreak: (tell) => void listeners.push(tell),
    async close() {
      const last = current;
      current = null;
      await last?.then((client) => client.end()).catch(() => {}); // it was broken
    },
  };
}

/** Each queue says LISTEN when it likes, and a client takes one statement at a time. */
function oneAtATime(client: pg.Client): void {
  const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (...given: unknown[]) => {
    const own = last.then(() => query(...given));
    last = own.catch(() => {}); // whose statement it was hears of it
    return own;
  };
  client.query = inTurn as typeof client.query;
}
