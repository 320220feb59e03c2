// What can be found out about a Prisjakt connection by reading: the client's roles, the pixel, the shop's pixels.
import { NotAsDocumented, SaidNo } from "../answer.ts";
import type { Finding } from "../destination.ts";
import { type Access, mayRead } from "./access.ts";
import { clientOf, pixelOf, pixelsOf, summaryOf } from "./client.ts";
import { utc } from "./messages.ts";

const DAY = 86_400_000;
const ENABLE = { label: "Enable the pixel", what: "enable the pixel" };

interface Settings {
  pixelId: string;
  clientId: string;
  shopId: string;
}
const UNREAD =
  "Without a client ID and its secret nothing can be read at Prisjakt: not whether the pixel is right and enabled, not its figures, and not whether it has a purchase whose answer was lost. Whether the pixel ID is right is known with the first purchase.";
const LIMIT: Finding = { ok: true, says: "Limit: 10,000 requests an hour for this client." };

export async function check(settings: Settings, access: Access): Promise<Finding[]> {
  if (!mayRead(access)) return [{ ok: null, says: UNREAD }, LIMIT];
  const findings = [
    await found("client", async () => aboutClient(settings, access)),
    await found("pixel", async () => aboutPixel(settings.pixelId, access)),
  ];
  if (settings.shopId) {
    findings.push(await found("shop", async () => aboutPixels(await pixelsOf(settings.shopId, access), settings)));
  }
  const says = "Whether Prisjakt takes this client's purchases is known with the first event.";
  return [...findings, { ok: null, says }, LIMIT];
}

function aboutRoles(roles: string[]): Finding {
  const may = roles.some((role) => role === "shop_user" || role === "event_publisher");
  const have = `The client's roles: ${roles.join(", ") || "none"}.`;
  return may
    ? { ok: true, says: have }
    : { ok: false, says: `${have} To send purchases it needs event_publisher or shop_user.` };
}

/** Prisjakt's newer documents have no page for one client: that there is none says nothing against it. */
async function aboutClient({ clientId }: Settings, access: Access): Promise<Finding> {
  const client = await clientOf(clientId, access).catch(noPage);
  return client ? aboutRoles(client.roles) : { ok: null, says: "Prisjakt does not tell the client's roles." };
}

/** Nor for one pixel: one that has figures is there. */
async function aboutPixel(pixelId: string, access: Access): Promise<Finding> {
  const pixel = await pixelOf(pixelId, access).catch(noPage);
  if (pixel?.enabled) return { ok: true, says: "The pixel is there and enabled." };
  if (pixel) return { ok: false, says: "The pixel is there, but disabled: it takes no purchases.", mend: ENABLE };
  const now = Date.now();
  await summaryOf(pixelId, { from: utc(now - DAY), to: utc(now) }, access);
  return { ok: null, says: "The pixel is there. Prisjakt does not tell whether it is enabled.", mend: ENABLE };
}

function noPage(error: unknown): null {
  if (error instanceof SaidNo && error.answer.status === 404) return null;
  throw error;
}

function aboutPixels(pixels: { id: string; enabled: boolean }[], { pixelId, shopId }: Settings): Finding {
  const list = pixels.map(({ id, enabled }) => `${id} (${enabled ? "enabled" : "disabled"})`).join(", ");
  const ok = pixels.some(({ id }) => id.toLowerCase() === pixelId.toLowerCase());
  return { ok, says: `Pixels of shop ${shopId}: ${list || "none"}.${ok ? "" : " The pixel ID is none of them."}` };
}

async function found(what: "client" | "pixel" | "shop", ask: () => Promise<Finding>): Promise<Finding> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof NotAsDocumented) {
      return { ok: null, says: `Prisjakt's answer about the ${what} could not be read: ${error.message}` };
    }
    if (!(error instanceof SaidNo)) throw error;
    const { status } = error.answer;
    if (status === 404) return { ok: false, says: `Prisjakt does not know this ${what} (${error.message}).` };
    if (status === 401 || status === 403) {
      const says = `Prisjakt does not let this client read the ${what}: client ID or secret is wrong, or the role shop_user is missing (${error.message}).`;
      return { ok: false, says };
    }
    return { ok: null, says: `Prisjakt could not say just now: ${error.message}` };
  }
}
