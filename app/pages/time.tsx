// Times for people: how long ago, and on the clock of the shop.
import { useRouteLoaderData } from "@remix-run/react";
import { useFormats } from "./formats.ts";

interface Moment {
  /** ISO 8601. */
  at: string;
  /** The server's time when it answered, so that a wrong clock on the desk does no harm. */
  now: string;
}

/** "4 minutes ago", with the exact time for who points at it. */
export function Ago({ at, now }: Moment) {
  const { ago, clock } = useFormats();
  const title = clock(useZone(), at);
  return (
    <time dateTime={at} title={title} suppressHydrationWarning>
      {ago(Date.parse(now) - Date.parse(at))}
    </time>
  );
}

/** A sentence that says `<ago></ago>` where the time stands: with the library's Trans, which reads HTML, Home would be heavier. */
export function WithAgo({ text, ...moment }: Moment & { text: string }) {
  const [before, after] = text.split("<ago></ago>");
  return (
    <>
      {before}
      <Ago {...moment} />
      {after}
    </>
  );
}

/** The server and a browser may name a zone otherwise: what the server wrote stays. */
export function Clock({ at }: { at: string }) {
  const words = useFormats().clock(useZone(), at);
  return (
    <time dateTime={at} suppressHydrationWarning>
      {words}
    </time>
  );
}

/** The shop's time zone; every time is told in it, whoever looks from wherever. */
export const useZone = (): string =>
  (useRouteLoaderData("routes/app") as { timeZone: string } | undefined)?.timeZone ?? "UTC";
