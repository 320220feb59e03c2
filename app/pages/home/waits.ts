// What waits at a connection, in sentences: how much, what it is worth, and when the first of it is lost.
import { type ConnectionState, isProved, isTestedWrong } from "../connection/state.ts";
import { inTotal } from "../money.ts";
import { type Point, type Say, together } from "./point.ts";

export const pageOf = ({ destination, id }: ConnectionState) => `/app/${destination}/${id}`;
export const opening = ({ t }: Say, connection: ConnectionState, says: string): Point => ({
  says,
  url: pageOf(connection),
  action: t("point.open", { name: connection.name }),
});

/** "12 orders (EUR 1,204.50) wait; the first expires in 7 hours."; "": nothing does. */
export function whatWaits({ t, formats, now }: Say, waiting: ConnectionState["waiting"]): string {
  if (!waiting?.firstDeadline || waiting.due === 0) return "";
  const left = Date.parse(waiting.firstDeadline) - Date.parse(now);
  const values = { worth: formats.sums(inTotal(waiting.worth)), span: formats.span(left) };
  if (waiting.orders > 0 && waiting.worth.length > 0)
    return t(left > 0 ? "point.ordersWait" : "point.ordersWaitNow", { count: waiting.orders, ...values });
  return t(left > 0 ? "point.wait" : "point.waitNow", { count: waiting.due, ...values });
}

/** How long the oldest delivery that is owed waits, in milliseconds. */
export const oldest = ({ oldestDueAt }: ConnectionState, now: string) =>
  oldestDueAt ? Date.parse(now) - Date.parse(oldestDueAt) : 0;

export const waitsFor = ({ t, formats, now }: Say, connection: ConnectionState) =>
  t("point.waiting", { count: connection.due, span: formats.span(oldest(connection, now)) });

/** "It is tried again in 20 minutes." */
export function triedIn({ t, formats, now }: Say, { channelTries }: ConnectionState, channel: string): string {
  const left = Date.parse(channelTries[channel] ?? "") - Date.parse(now);
  return left > 0 ? t("point.triedIn", { span: formats.span(left) }) : t("point.triedNow");
}

/** What is on was neither tested well nor took anything: nobody knows whether it works. */
export function proofLacks({ t }: Say, connection: ConnectionState): Point[] {
  const { state, name, test } = connection;
  if (state !== "on" || isProved(connection) || isTestedWrong(connection)) return [];
  const says = t(test ? "point.untestable" : "point.unproved", { name });
  return [{ says, url: pageOf(connection), action: t(test ? "point.open" : "point.test", { name }) }];
}

/** Nothing of it gets through: since when, and when it is tried next. */
export function struggling(say: Say, connection: ConnectionState): string {
  const { t, formats, zone, now } = say;
  const { name, struggle } = connection;
  if (!struggle) return "";
  const hour = formats.hour(zone, struggle.since);
  const left = struggle.nextTry ? Date.parse(struggle.nextTry) - Date.parse(now) : 0;
  const says =
    left > 0
      ? t("point.strugglesIn", { name, hour, span: formats.span(left) })
      : t("point.strugglesNow", { name, hour });
  return together(says, whatWaits(say, connection.waiting));
}
