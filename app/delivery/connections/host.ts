// By which name a vendor's limits and its health are kept: the host that is asked, for a merchant may choose it.
import type { Destination } from "../../destinations/destination.ts";
import type { Road } from "../road.ts";

/** "core.shopimind.com", with its port where it is not the usual one. In the sandbox, where one host is all vendors: with the vendor's name. */
export function hostFor(
  road: Pick<Road, "sandbox">,
  { slug, baseUrl }: Pick<Destination, "slug" | "baseUrl">,
  settings: Record<string, string>,
) {
  return road.sandbox ? `${hostOf(road.sandbox.vendorsUrl)}/${slug}` : hostOf(baseUrl(settings));
}

/** Lower case and without the usual port, as URL writes it; a name with a dot at its end is the same name. */
function hostOf(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed?.hostname) return "no host";
  const name = parsed.hostname.replace(/\.+$/, "");
  return parsed.port ? `${name}:${parsed.port}` : name;
}
