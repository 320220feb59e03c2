// Says in a sentence whether all is well, and what is not.
import { byMerchant, type ConnectionState, whatWaits } from "../connection/state.ts";
import { count } from "../money.ts";
import { span } from "../time.tsx";
import { sentence } from "../words.ts";

/** A wait longer than this is worth a word, in milliseconds. */
const LATE = 5 * 60_000;

interface Sync {
  now: string;
  connections: ConnectionState[];
  unreadable: number;
}
export interface Point {
  says: string;
  url: string;
  action: string;
}
export interface Headline {
  mood: "new" | "well" | "waiting" | "trouble";
  title: string;
  says: string;
  points: Point[];
}

export function headline(sync: Sync): Headline {
  const { connections } = sync;
  if (connections.length === 0) {
    return { mood: "new", title: "Connect your first destination", says: "Choose one below.", points: unread(sync) };
  }
  const trouble = [...connections.flatMap((connection) => troubleOf(connection, sync.now)), ...unread(sync)];
  const points = [...trouble, ...connections.flatMap((connection) => restOf(connection, sync.now))];
  const says = soFar(connections, sync.now);
  if (trouble.length > 0) {
    const title = trouble.length === 1 ? "One thing needs you" : `${trouble.length} things need you`;
    return { mood: "trouble", title, says, points };
  }
  if (points.length > 0) return { mood: "waiting", title: "Some deliveries wait", says, points };
  return { mood: "well", title: "All is well", says, points };
}

function soFar(connections: ConnectionState[], now: string): string {
  const sum = (of: (connection: ConnectionState) => number) => connections.reduce((all, one) => all + of(one), 0);
  const delivered = sum(({ counts }) => counts.delivered);
  if (delivered === 0) return "Nothing has been delivered yet: the next event of your shop will be the first.";
  const last = Math.max(...connections.map(({ lastDeliveredAt }) => Date.parse(lastDeliveredAt ?? "") || 0));
  const due = sum((connection) => connection.due);
  return [
    `${count(delivered, "delivery", "deliveries")} made${last ? `, the last one ${span(Date.parse(now) - last)} ago` : ""}.`,
    due > 0 ? `${due.toLocaleString("en")} waiting.` : "Nothing is waiting.",
  ].join(" ");
}

const page = ({ destination, id }: ConnectionState) => `/app/${destination}/${id}`;

function troubleOf(connection: ConnectionState, now: string): Point[] {
  const { name, state, reason, attention } = connection;
  const points: Point[] = [];
  const mend = (says: string) => points.push({ says, url: page(connection), action: `Open ${name}` });
  if (state === "paused" && reason && !byMerchant(connection))
    mend(`${name} is paused: ${sentence(reason)} ${whatWaits(connection, now)}`.trim());
  for (const [channel, why] of Object.entries(connection.pausedChannels)) {
    mend(`${name} takes no “${channel}” for now: ${sentence(why)}`);
  }
  if (attention > 0) {
    const says = `${count(attention, "delivery", "deliveries")} to ${name} ${attention === 1 ? "needs" : "need"} a decision.`;
    points.push({ says, url: "/app/attention", action: "Decide" });
  }
  return points;
}

/** What is slow, or was stopped by the merchant. */
function restOf(connection: ConnectionState, now: string): Point[] {
  const { name, state, oldestDueAt, due } = connection;
  const point = (says: string) => [{ says, url: page(connection), action: `Open ${name}` }];
  if (state === "paused" && byMerchant(connection))
    return point(`You have paused ${name}. ${whatWaits(connection, now)}`.trim());
  const waits = oldestDueAt ? Date.parse(now) - Date.parse(oldestDueAt) : 0;
  if (state !== "on" || waits <= LATE) return [];
  return point(`${name} is behind: ${count(due, "delivery", "deliveries")} waiting, the oldest for ${span(waits)}.`);
}

const unread = ({ unreadable }: Sync): Point[] =>
  unreadable === 0
    ? []
    : [{ says: `${count(unreadable, "webhook")} of Shopify could not be read.`, url: "/app/attention", action: "See" }];
