// What can be found out about a Prisjakt connection by reading: the client's roles, the pixel, the shop's pixels.
import { NotAsDocumented, SaidNo } from "../answer.ts";
import type { Finding } from "../destination.ts";
import { type Access, mayRead } from "./access.ts";
import { clientOf, pixelOf, pixelsOf, summaryOf } from "./client.ts";
import { utc } from "./messages.ts";
import { because } from "./reasons.ts";

const DAY = 86_400_000;
const ENABLE = { label: because("prisjakt_enable"), what: "enable the pixel" };

interface Settings {
  pixelId: string;
  clientId: string;
  shopId: string;
}
const LIMIT: Finding = { ok: true, says: because("prisjakt_check_limit") };

export async function check(settings: Settings, access: Access): Promise<Finding[]> {
  if (!mayRead(access)) return [{ ok: null, says: because("prisjakt_check_unread") }, LIMIT];
  const findings = [
    await found("client", async () => aboutClient(settings, access)),
    await found("pixel", async () => aboutPixel(settings.pixelId, access)),
  ];
  if (settings.shopId) {
    findings.push(await found("shop", async () => aboutPixels(await pixelsOf(settings.shopId, access), settings)));
  }
  return [...findings, { ok: null, says: because("prisjakt_check_takes") }, LIMIT];
}

function aboutRoles(all: string[]): Finding {
  if (all.length === 0) return { ok: false, says: because("prisjakt_no_roles") };
  const may = all.some((role) => role === "shop_user" || role === "event_publisher");
  const roles = all.join(", ");
  return { ok: may, says: because(may ? "prisjakt_roles" : "prisjakt_roles_lack", { roles }) };
}

/** Prisjakt's newer documents have no page for one client: that there is none says nothing against it. */
async function aboutClient({ clientId }: Settings, access: Access): Promise<Finding> {
  const client = await clientOf(clientId, access).catch(noPage);
  return client ? aboutRoles(client.roles) : { ok: null, says: because("prisjakt_roles_untold") };
}

/** Nor for one pixel: one that has figures is there. */
async function aboutPixel(pixelId: string, access: Access): Promise<Finding> {
  const pixel = await pixelOf(pixelId, access).catch(noPage);
  if (pixel?.enabled) return { ok: true, says: because("prisjakt_pixel_enabled") };
  if (pixel) return { ok: false, says: because("prisjakt_pixel_disabled"), mend: ENABLE };
  const now = Date.now();
  await summaryOf(pixelId, { from: utc(now - DAY), to: utc(now) }, access);
  return { ok: null, says: because("prisjakt_pixel_there"), mend: ENABLE };
}

function noPage(error: unknown): null {
  if (error instanceof SaidNo && error.answer.status === 404) return null;
  throw error;
}

function aboutPixels(all: { id: string; enabled: boolean }[], { pixelId, shopId: shop }: Settings): Finding {
  if (all.length === 0) return { ok: false, says: because("prisjakt_pixels_none", { shop }) };
  const pixels = all.map(({ id: pixel, enabled }) =>
    because(enabled ? "prisjakt_enabled" : "prisjakt_disabled", { pixel }),
  );
  const ok = all.some(({ id }) => id.toLowerCase() === pixelId.toLowerCase());
  return { ok, says: because(ok ? "prisjakt_pixels" : "prisjakt_pixels_others", { shop, pixels }) };
}

async function found(what: "client" | "pixel" | "shop", ask: () => Promise<Finding>): Promise<Finding> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof NotAsDocumented || error instanceof SaidNo)) throw error;
    if (error instanceof NotAsDocumented)
      return { ok: null, says: because(`prisjakt_unreadable_${what}`, { words: error.why }) };
    const words = error.message;
    const { status } = error.answer;
    if (status === 404) return { ok: false, says: because(`prisjakt_unknown_${what}`, { words }) };
    if (status === 401 || status === 403) return { ok: false, says: because(`prisjakt_closed_${what}`, { words }) };
    return { ok: null, says: because("prisjakt_check_failed", { words }) };
  }
}
