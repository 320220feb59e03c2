// What a session token says has to be what Shopify's say: the library takes the shop and the time from it without a look.
import { isShopDomain } from "./domain.ts";

/** The end of the year 9999, in seconds. */
const LAST = 253_402_300_799;

/** Of the token's own words; the library proves them. @throws Response 401 */
export function mustBeShopifys(request: Request): void {
  const token = tokenOf(request);
  const claims = token ? claimsOf(token) : null;
  if (!claims || (shopOf(claims) && isTime(claims.iat))) return;
  throw new Response("The session token says what Shopify's do not.", {
    ...{ status: 401, statusText: "Unauthorized" },
    headers: { "content-type": "text/plain; charset=utf-8" },
  });
}

const tokenOf = (request: Request): string | null =>
  request.headers.get("authorization")?.replace("Bearer ", "") || new URL(request.url).searchParams.get("id_token");

/** The shop that a request's token names; null: it has none, or it names none. */
export function shopOfRequest(request: Request): string | null {
  const token = tokenOf(request);
  return token ? shopOfToken(token) : null;
}

/** The shop that a token names; null: it names none. */
export function shopOfToken(token: string): string | null {
  const claims = claimsOf(token);
  return claims && shopOf(claims);
}

function shopOf({ dest }: Record<string, unknown>): string | null {
  const shop = typeof dest === "string" ? URL.parse(dest)?.hostname : undefined;
  return shop && isShopDomain(shop) ? shop : null;
}

const isTime = (seconds: unknown): boolean => typeof seconds === "number" && seconds >= 0 && seconds <= LAST;

function claimsOf(token: string): Record<string, unknown> | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    return typeof claims === "object" ? (claims as Record<string, unknown> | null) : null;
  } catch {
    return null; // no token: the library refuses it
  }
}
