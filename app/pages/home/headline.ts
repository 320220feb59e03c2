// Says in a sentence whether all is well, and what is not.
import type { SerializeFrom } from "@remix-run/node";
import type { Alert } from "../../delivery/upkeep/alerts.ts";
import type { PixelState } from "../../shopify/pixel.ts";
import type { Lacks } from "../../shopify/set-up.ts";
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
  alerts: SerializeFrom<Alert>[];
  pixel: PixelState;
  /** What Shopify has not told. */
  lacks: Lacks;
  /** Orders that Shopify had not told, found since yesterday. */
  missed: number;
}
interface Point {
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
    const points = [...noToken(sync), ...unread(sync), ...pixelTrouble(sync), ...noFacts(sync)];
    return { mood: "new", title: "Connect your first destination", says: "Choose one below.", points };
  }
  const trouble = [
    ...connections.flatMap((one) => troubleOf(one, sync)),
    ...noToken(sync),
    ...unread(sync),
    ...pixelTrouble(sync),
  ];
  const waits = connections.flatMap((one) => restOf(one, sync));
  const points = [...trouble, ...waits, ...connections.flatMap(hintsOf), ...foundSince(sync), ...noFacts(sync)];
  const says = soFar(connections, sync.now);
  if (trouble.length > 0) {
    const title = trouble.length === 1 ? "One thing needs you" : `${trouble.length} things need you`;
    return { mood: "trouble", title, says, points };
  }
  if (waits.length > 0) return { mood: "waiting", title: "Some deliveries wait", says, points };
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

const alertOf = (kind: Alert["kind"], { id }: ConnectionState, { alerts }: Sync) =>
  alerts.find((alert) => alert.connectionId === id && alert.kind === kind);

function troubleOf(connection: ConnectionState, sync: Sync): Point[] {
  const { now } = sync;
  const { name, state, reason, attention } = connection;
  const points: Point[] = [];
  const mend = (says: string) => points.push({ says, url: page(connection), action: `Open ${name}` });
  if (state === "paused" && reason && !byMerchant(connection))
    mend(`${name} is paused: ${sentence(reason)} ${whatWaits(connection, now)}`.trim());
  for (const [channel, why] of Object.entries(connection.pausedChannels)) {
    mend(`${name} takes no “${channel}” for now: ${sentence(why)} ${triedIn(connection, channel, now)}`.trim());
  }
  const late = alertOf("late", connection, sync);
  if (late) mend(`${sentence(late.says)} ${waitsFor(connection, now)}`);
  if (connection.warning) mend(`${name} warns of a limit: ${sentence(connection.warning)}`);
  const failing = alertOf("failing", connection, sync);
  const failed = failing ? `${sentence(failing.says)} ` : "";
  if (attention > 0) {
    const says = `${count(attention, "delivery", "deliveries")} to ${name} ${attention === 1 ? "needs" : "need"} a decision.`;
    points.push({ says: failed + says, url: "/app/attention", action: "Decide" });
  } else if (failing) mend(failed.trim());
  return points;
}

function triedIn({ channelTries, state }: ConnectionState, channel: string, now: string): string {
  const left = Date.parse(channelTries[channel] ?? "") - Date.parse(now);
  return state === "on" && left > 0 ? `It is tried again in ${span(left)}.` : "";
}

/** What is slow, or was stopped by the merchant. */
function restOf(connection: ConnectionState, sync: Sync): Point[] {
  const { now } = sync;
  const { name, state } = connection;
  const point = (says: string) => [{ says, url: page(connection), action: `Open ${name}` }];
  if (state === "paused" && byMerchant(connection))
    return point(`You have paused ${name}. ${whatWaits(connection, now)}`.trim());
  if (state !== "on" || oldest(connection, now) <= LATE || alertOf("late", connection, sync)) return [];
  return point(`${name} is behind: ${waitsFor(connection, now)}`);
}

/** How long the oldest delivery that is owed waits, in milliseconds. */
const oldest = ({ oldestDueAt }: ConnectionState, now: string) =>
  oldestDueAt ? Date.parse(now) - Date.parse(oldestDueAt) : 0;

const waitsFor = (connection: ConnectionState, now: string) =>
  `${count(connection.due, "delivery", "deliveries")} waiting, the oldest for ${span(oldest(connection, now))}.`;

/** What is worth a look, though nothing is lost by it. */
const hintsOf = (connection: ConnectionState): Point[] =>
  connection.overlap?.says
    ? [{ says: connection.overlap.says, url: page(connection), action: "Choose who sends them" }]
    : [];

const foundSince = ({ missed }: Sync): Point[] =>
  missed > 0
    ? [
        {
          says: `Of ${count(missed, "order")} Shopify had not told all since yesterday: ${missed === 1 ? "it was" : "they were"} found and sent.`,
          url: "/app/missed",
          action: "See which",
        },
      ]
    : [];

const pixelTrouble = ({ pixel }: Sync): Point[] =>
  pixel.says ? [{ says: `The web pixel: ${sentence(pixel.says)}`, url: "/app/settings", action: "Settings" }] : [];

const noToken = ({ lacks }: Sync): Point[] =>
  lacks.token ? [{ says: sentence(lacks.token), url: "/app/settings", action: "Settings" }] : [];

const noFacts = ({ lacks }: Sync): Point[] =>
  lacks.facts
    ? [
        {
          says: `Shopify has not told the shop’s currency, time zone and language yet: ${lacks.facts}.`,
          url: "/app",
          action: "Look again",
        },
      ]
    : [];

const unread = ({ unreadable }: Sync): Point[] =>
  unreadable === 0
    ? []
    : [{ says: `${count(unreadable, "webhook")} of Shopify could not be read.`, url: "/app/attention", action: "See" }];
