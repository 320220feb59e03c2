// A page that is loaded anew inside Shopify's frame has lost the shop and the host from its address (a reload, a deploy):
// it gets them back from App Bridge, by way of the page that asks for a session token. The library sends it to the login instead.
import { redirect } from "@remix-run/node";
import { mustBeShopifys, shopOfToken } from "./claims.ts";

const LOGIN = "/auth/login";
const BOUNCE = "/auth/session-token";

/** Of a document inside a frame, by a header that no script can set. */
export const isInFrame = (request: Request): boolean => request.headers.get("sec-fetch-dest") === "iframe";

/**
 * @param authenticate the library's. @returns the same, for a page that has lost its way in the frame too.
 * @throws what the library throws, and redirects.
 */
export function framed<Admin>(authenticate: (request: Request) => Promise<Admin>, appUrl: string) {
  return async (request: Request): Promise<Admin> => {
    mustBeShopifys(request);
    const whole = withShopOfToken(request);
    if (whole) throw redirect(whole);
    try {
      return await authenticate(request);
    } catch (error) {
      if (isInFrame(request) && leadsToLogin(error)) throw redirect(toBounce(request, appUrl));
      throw error;
    }
  };
}

const leadsToLogin = (error: unknown): boolean =>
  error instanceof Response && error.headers.get("location")?.split("?", 1)[0] === LOGIN;

/** App Bridge leaves the bounce page with a fresh token, for where `shopify-reload` says. */
function toBounce(request: Request, appUrl: string): string {
  const { pathname, searchParams } = new URL(request.url);
  for (const name of ["shop", "host", "id_token"]) searchParams.delete(name);
  searchParams.set("embedded", "1");
  // A path that begins with two slashes would be another host's.
  const wanted = `${appUrl}/${pathname.replace(/^\/+/, "")}?${searchParams}`;
  return `${BOUNCE}?${new URLSearchParams({ embedded: "1", "shopify-reload": wanted })}`;
}

/** The address with what App Bridge and the library look for in it; null where it is there, or no token says it. The library proves the token. */
function withShopOfToken(request: Request): string | null {
  const { pathname, searchParams } = new URL(request.url);
  const token = searchParams.get("id_token");
  if (!token || request.headers.has("authorization")) return null;
  if (searchParams.get("shop") && searchParams.get("host")) return null;
  const shop = shopOfToken(token);
  if (!shop) return null;
  searchParams.set("shop", shop);
  searchParams.set("host", Buffer.from(`admin.shopify.com/store/${shop.split(".", 1)[0]}`).toString("base64url"));
  searchParams.set("embedded", "1");
  return `/${pathname.replace(/^\/+/, "")}?${searchParams}`;
}
