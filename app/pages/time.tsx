// Times for people: how long ago, and on the clock of the shop.
import { useRouteLoaderData } from "@remix-run/react";
import { timeFormat } from "../base/formats.ts";

const STEPS: [limit: number, size: number, word: string][] = [
  [60, 1, "second"],
  [3600, 60, "minute"],
  [86_400, 3600, "hour"],
  [Number.POSITIVE_INFINITY, 86_400, "day"],
];

/** "4 minutes"; at least one second. */
export function span(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  const [, size, word] = STEPS.find(([limit]) => seconds < limit) as (typeof STEPS)[number];
  const count = Math.floor(seconds / size);
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

interface Moment {
  /** ISO 8601. */
  at: string;
  /** The server's time when it answered, so that a wrong clock on the desk does no harm. */
  now: string;
}

/** "4 minutes ago", with the exact time for who points at it. */
export function Ago({ at, now }: Moment) {
  const title = clockIn(useZone(), at);
  return (
    <time dateTime={at} title={title} suppressHydrationWarning>
      {span(Date.parse(now) - Date.parse(at))} ago
    </time>
  );
}

/** The server and a browser may name a zone otherwise: what the server wrote stays. */
export function Clock({ at }: { at: string }) {
  const words = clockIn(useZone(), at);
  return (
    <time dateTime={at} suppressHydrationWarning>
      {words}
    </time>
  );
}

/** The shop's time zone; every time is told in it, whoever looks from wherever. */
export const useZone = (): string =>
  (useRouteLoaderData("routes/app") as { timeZone: string } | undefined)?.timeZone ?? "UTC";

/** "10:02" */
export const hourIn = (timeZone: string, at: string): string =>
  timeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(new Date(at));

/** "28 Nov 2026, 10:02:00 CET" */
export const clockIn = (timeZone: string, at: string): string =>
  timeFormat("en-GB", {
    timeZone,
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  }).format(new Date(at));
