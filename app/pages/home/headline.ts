// Says in a sentence whether all is well, and what is not.
import type { SerializeFrom } from "@remix-run/node";
import type { Told } from "../../base/reason.ts";
import type { Needs } from "../../shopify/needs.ts";
import {
  byMerchant,
  type ConnectionState,
  channelTriedIn,
  isProved,
  isTestedWrong,
  strugglesSince,
  whatWaits,
} from "../connection/state.ts";
import { count } from "../money.ts";
import { span } from "../time.tsx";
import { sentence } from "../words.ts";
import type { Point } from "./point.ts";
import { foundSince, noFacts, noToken, pixelTrouble, unread } from "./shopify-side.ts";

/** A wait longer than this is worth a word, in milliseconds. */
const LATE = 5 * 60_000;

/** What needs somebody, and the shop's time zone. */
type Sync = Told<SerializeFrom<Needs>> & { zone: string };
type AlertKind = Sync["alerts"][number]["kind"];

export interface Headline {
  mood: "new" | "well" | "unproved" | "waiting" | "trouble";
  title: string;
  says: string;
  points: Point[];
}

/** @param sync.missed orders that Shopify had not told, found since yesterday. */
export function headline(sync: Sync & { missed: number }): Headline {
  const { connections } = sync;
  if (connections.length === 0) {
    const points = [...noToken(sync), ...unread(sync), ...pixelTrouble(sync), ...noFacts(sync)];
    return { mood: "new", title: "Connect your first destination", says: "Choose one below.", points };
  }
  const trouble = needed(sync);
  const waits = connections.flatMap((one) => restOf(one, sync));
  const unproved = connections.flatMap((one) => proofLacks(one));
  const points = [
    ...trouble,
    ...waits,
    ...unproved,
    ...connections.flatMap(hintsOf),
    ...foundSince(sync.missed),
    ...noFacts(sync),
  ];
  const says = soFar(connections, sync.now);
  if (trouble.length > 0) {
    const title = trouble.length === 1 ? "One thing needs you" : `${trouble.length} things need you`;
    return { mood: "trouble", title, says, points };
  }
  if (connections.some((one) => struggles(one))) {
    return { mood: "waiting", title: "Not everything gets through", says, points };
  }
  if (waits.length > 0) return { mood: "waiting", title: "Some deliveries wait", says, points };
  if (unproved.length > 0) return { mood: "unproved", title: "Not proved yet", says, points };
  if (connections.every(({ state }) => state === "off"))
    return { mood: "waiting", title: "Every destination is off", says, points };
  return { mood: "well", title: "All is well", says, points };
}

/** What a person must look at, in the order of the connections. */
export const needed = (sync: Sync): Point[] => [
  ...sync.connections.flatMap((one) => troubleOf(one, sync)),
  ...sync.ended.map(leftBy),
  ...noToken(sync),
  ...unread(sync),
  ...pixelTrouble(sync),
];

const struggles = ({ state, struggle }: ConnectionState) => state === "on" && struggle !== null;

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

const alertOf = (kind: AlertKind, { id }: ConnectionState, { alerts }: Sync) =>
  alerts.find((alert) => alert.connectionId === id && alert.kind === kind);

function troubleOf(connection: ConnectionState, sync: Sync): Point[] {
  const { now } = sync;
  const { name, state, reason, attention } = connection;
  const points: Point[] = [];
  const mend = (says: string) => points.push({ says, url: page(connection), action: `Open ${name}` });
  if (state === "paused" && reason && !byMerchant(connection))
    mend(`${name} is paused: ${sentence(reason)} ${whatWaits(connection.waiting, now)}`.trim());
  if (state === "on" && isTestedWrong(connection))
    mend(
      `The last test of ${name}, ${span(Date.parse(now) - Date.parse(connection.test?.at ?? now))} ago, found something wrong.`,
    );
  for (const [channel, why] of Object.entries(connection.pausedChannels)) {
    const stake = whatWaits(connection.waitingFor[channel] ?? null, now);
    const tried = state === "on" ? channelTriedIn(connection, channel, now) : "";
    mend([`${name} takes no “${channel}” for now: ${sentence(why)}`, stake, tried].filter(Boolean).join(" "));
  }
  const late = alertOf("late", connection, sync);
  if (late) mend(`${sentence(late.says)} ${waitsFor(connection, now)}`);
  if (connection.warning) mend(`${name} warns of a limit: ${sentence(connection.warning)}`);
  const failing = alertOf("failing", connection, sync);
  const failed = failing ? `${sentence(failing.says)} ` : "";
  if (attention > 0) {
    points.push({ says: failed + undecided(attention, name), url: "/app/attention", action: "Decide" });
  } else if (failing) mend(failed.trim());
  return points;
}

const undecided = (attention: number, name: string) =>
  `${count(attention, "delivery", "deliveries")} to ${name} ${attention === 1 ? "needs" : "need"} a decision.`;

const leftBy = ({ attention, name }: Sync["ended"][number]): Point => ({
  says: undecided(attention, `${name} (disconnected)`),
  url: "/app/attention",
  action: "Decide",
});

/** What is on was neither tested well nor took anything: nobody knows whether it works. */
function proofLacks(connection: ConnectionState): Point[] {
  const { state, name, test } = connection;
  if (state !== "on" || isProved(connection) || isTestedWrong(connection)) return [];
  const says = test
    ? `${name} cannot be tested by reading alone, and has taken nothing since its settings changed: the first delivery will tell.`
    : `${name} was neither tested nor has it taken anything since its settings changed.`;
  return [{ says, url: page(connection), action: test ? `Open ${name}` : `Test ${name}` }];
}

/** What is slow, or was stopped by the merchant. */
function restOf(connection: ConnectionState, sync: Sync): Point[] {
  const { now } = sync;
  const { name, state } = connection;
  const point = (says: string) => [{ says, url: page(connection), action: `Open ${name}` }];
  if (state === "paused" && byMerchant(connection))
    return point(`You have paused ${name}. ${whatWaits(connection.waiting, now)}`.trim());
  if (state === "on" && connection.struggle) {
    const since = strugglesSince(connection.struggle, now, sync.zone);
    return point(`${name} has not been getting through ${since}. ${whatWaits(connection.waiting, now)}`.trim());
  }
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
