// The language of a frame as the server hears of it again: Shopify names it only when it opens the frame, and a reload inside it does not.
/** @param request of a document. @returns what Shopify named, now or when the frame was opened. */
export const localeOf = (request: Request): string | null =>
  namedIn(request) ?? /(?:^|; )locale=([\w-]{1,20})(?:;|$)/.exec(request.headers.get("cookie") ?? "")?.[1] ?? null;

const namedIn = (request: Request): string | null => new URL(request.url).searchParams.get("locale");

/** @returns the cookie to set; null: none. In Shopify's frame a browser keeps it for that frame's site alone, or not at all (app/pages/texts/kept.ts). */
export function localeCookie(request: Request, sandbox: boolean): string | null {
  const locale = namedIn(request);
  if (!locale || !/^[\w-]{1,20}$/.test(locale)) return null;
  return `locale=${locale}; Path=/; HttpOnly; ${sandbox ? "SameSite=Lax" : "SameSite=None; Secure; Partitioned"}`;
}
