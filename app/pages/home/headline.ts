// Says in a sentence whether all is well, and what is not.
import { byMerchant, type ConnectionState, isTestedWrong } from "../connection/state.ts";
import { type Point, type Say, type Sync, together, useSay } from "./point.ts";
import { foundSince, noEmbed, noFacts, noToken, pixelTrouble, unread } from "./shopify-side.ts";
import { oldest, opening, proofLacks, struggling, triedIn, waitsFor, whatWaits } from "./waits.ts";

/** A wait longer than this is worth a word, in milliseconds. */
const LATE = 5 * 60_000;

export interface Headline {
  mood: "new" | "well" | "unproved" | "waiting" | "trouble";
  title: string;
  says: string;
  points: Point[];
}

/** @param missed orders that Shopify had not told, found since yesterday. */
export function useHeadline(sync: Sync, missed: number): Headline {
  const say = useSay(sync.now);
  const { t } = say;
  const { connections } = sync;
  if (connections.length === 0) {
    const points = [noToken, unread, pixelTrouble, noFacts].flatMap((of) => of(say, sync));
    return { mood: "new", title: t("headline.new"), says: t("headline.newSays"), points };
  }
  const trouble = needed(say, sync);
  const waits = connections.flatMap((one) => restOf(say, one, sync));
  const unproved = connections.flatMap((one) => proofLacks(say, one));
  const points = [
    ...[...trouble, ...waits, ...unproved, ...connections.flatMap((one) => hintsOf(say, one))],
    ...[...foundSince(say, missed), ...noFacts(say, sync)],
  ];
  const told = (mood: Headline["mood"], title: string) => ({ mood, title, says: soFar(say, connections), points });
  if (trouble.length > 0) return told("trouble", t("headline.trouble", { count: trouble.length }));
  if (connections.some(({ state, struggle }) => state === "on" && struggle !== null))
    return told("waiting", t("headline.struggling"));
  if (waits.length > 0) return told("waiting", t("headline.waiting"));
  if (unproved.length > 0) return told("unproved", t("headline.unproved"));
  if (connections.every(({ state }) => state === "off")) return told("waiting", t("headline.off"));
  return told("well", t("headline.well"));
}

/** What a person must look at, in the order of the connections. */
export const useNeeded = (sync: Sync): Point[] => needed(useSay(sync.now), sync);

const needed = (say: Say, sync: Sync): Point[] => [
  ...sync.connections.flatMap((one) => troubleOf(say, one, sync)),
  ...sync.ended.map(({ id, attention, name }) =>
    undecided(say, { id, attention, name: say.t("point.disconnected", { name }) }),
  ),
  ...[noToken, unread, pixelTrouble, noEmbed].flatMap((of) => of(say, sync)),
];

function soFar({ t, formats, now }: Say, connections: ConnectionState[]): string {
  const sum = (of: (connection: ConnectionState) => number) => connections.reduce((all, one) => all + of(one), 0);
  const count = sum(({ counts }) => counts.delivered);
  if (count === 0) return t("headline.none");
  const last = Math.max(...connections.map(({ lastDeliveredAt }) => Date.parse(lastDeliveredAt ?? "") || 0));
  const due = sum((connection) => connection.due);
  return together(
    last ? t("headline.made", { count, ago: formats.ago(Date.parse(now) - last) }) : t("headline.madeSome", { count }),
    due > 0 ? t("headline.due", { count: due }) : t("headline.nothingDue"),
  );
}

function troubleOf(say: Say, connection: ConnectionState, sync: Sync): Point[] {
  const { t, tell, word, formats, now } = say;
  const { id, name, state, reason, attention, test } = connection;
  const points: Point[] = [];
  const mend = (...sentences: (string | undefined)[]) => points.push(opening(say, connection, together(...sentences)));
  const alert = (kind: Sync["alerts"][number]["kind"]) => {
    const found = sync.alerts.find((one) => one.connectionId === id && one.kind === kind);
    return found && tell(found.reason);
  };
  if (state === "paused" && reason && !byMerchant(connection))
    mend(t("point.paused", { name, reason: tell(reason) }), whatWaits(say, connection.waiting));
  if (state === "on" && test && isTestedWrong(connection))
    mend(t("point.testedWrong", { name, ago: formats.ago(Date.parse(now) - Date.parse(test.at)) }));
  for (const [channel, why] of Object.entries(connection.pausedChannels)) {
    const stake = whatWaits(say, connection.waitingFor[channel] ?? null);
    const tried = state === "on" ? triedIn(say, connection, channel) : "";
    const kind = word(connection.destination, `channels.${channel}`, channel);
    mend(t("point.channel", { name, channel: kind, reason: tell(why) }), stake, tried);
  }
  const late = alert("late");
  if (late) mend(late, waitsFor(say, connection));
  for (const kind of ["silent", "accuracy"] as const) if (alert(kind)) mend(alert(kind));
  if (connection.warning) mend(t("point.limit", { name, reason: tell(connection.warning) }));
  const failing = alert("failing");
  if (attention > 0) points.push(undecided(say, { id, attention, name }, failing));
  else if (failing) mend(failing);
  return points;
}

const undecided = (
  { t }: Say,
  { id, attention, name }: { id: string; attention: number; name: string },
  failing = "",
): Point => ({
  says: together(failing, t("point.undecided", { count: attention, name })),
  url: `/app/attention?connection=${id}`,
  action: t("point.decide"),
});

/** What is slow, or was stopped by the merchant. */
function restOf(say: Say, connection: ConnectionState, sync: Sync): Point[] {
  const { t, formats, now } = say;
  const { id, name, state, waiting, struggle, due } = connection;
  const point = (...sentences: string[]) => [opening(say, connection, together(...sentences))];
  if (state === "paused" && byMerchant(connection)) return point(t("point.byYou", { name }), whatWaits(say, waiting));
  if (state === "on" && struggle) return point(struggling(say, connection));
  const isLate = sync.alerts.some((alert) => alert.connectionId === id && alert.kind === "late");
  if (state !== "on" || oldest(connection, now) <= LATE || isLate) return [];
  return point(t("point.behind", { name, count: due, span: formats.span(oldest(connection, now)) }));
}

/** What is worth a look, though nothing is lost by it. */
const hintsOf = (say: Say, connection: ConnectionState): Point[] =>
  connection.overlap?.says
    ? [{ ...opening(say, connection, say.tell(connection.overlap.says)), action: say.t("point.whoSends") }]
    : [];
