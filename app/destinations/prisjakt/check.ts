// What can be found out about a Prisjakt connection by reading: the client's roles, the pixel, the shop's pixels.
import { NotAsDocumented, SaidNo } from "../answer.ts";
import type { Finding } from "../destination.ts";
import { type Access, clientOf, pixelOf, pixelsOf } from "./client.ts";

interface Settings {
  pixelId: string;
  clientId: string;
  shopId: string;
}
const LIMIT: Finding = { ok: true, says: "Limit: 10,000 requests an hour for this client." };

export async function check(settings: Settings, access: Access): Promise<Finding[]> {
  if (!access.clientSecret) {
    const says =
      "Without a client secret nothing can be read at Prisjakt; whether client and pixel are right is known with the first event.";
    return [{ ok: null, says }, LIMIT];
  }
  const findings = [
    await found("client", async () => aboutRoles((await clientOf(settings.clientId, access)).roles)),
    await found("pixel", async () => aboutPixel((await pixelOf(settings.pixelId, access)).enabled)),
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

function aboutPixel(enabled: boolean): Finding {
  return enabled
    ? { ok: true, says: "The pixel is there and enabled." }
    : { ok: false, says: "The pixel is there, but disabled: enable it in Business Center." };
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
