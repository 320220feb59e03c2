// The app's web pixel as Shopify keeps it for a shop: made, pointed elsewhere, taken away.
import { z } from "zod";
import { ask, type Graphql } from "./ask.ts";

/** The settings of extensions/web-pixel. */
export interface PixelSettings {
  endpoint: string;
  publicKey: string;
}

const CREATE = `mutation MakePixel($webPixel: WebPixelInput!) {
  webPixelCreate(webPixel: $webPixel) { webPixel { id } userErrors { code field message } } }`;
const UPDATE = `mutation ChangePixel($id: ID!, $webPixel: WebPixelInput!) {
  webPixelUpdate(id: $id, webPixel: $webPixel) { webPixel { id } userErrors { code field message } } }`;
const DELETE = `mutation TakePixel($id: ID!) {
  webPixelDelete(id: $id) { deletedWebPixelId userErrors { code field message } } }`;
// Without an id it is the app's own; Shopify calls it an error when there is none.
const OWN = "query OwnPixel { webPixel { id } }";

const done = z.object({ userErrors: z.array(z.object({ code: z.string().nullish(), message: z.string() })) });
const answer = z.object({
  data: z.object({ webPixelCreate: done.nullish(), webPixelUpdate: done.nullish(), webPixelDelete: done.nullish() }),
});
const own = z.object({ data: z.object({ webPixel: z.object({ id: z.string() }).nullable() }) });

/** Why a pixel is not on yet: the upkeep asks again. */
export const UNREACHED = "Shopify could not be asked just now; it is asked again by itself within minutes.";
const NOT_LET_GO = "Shopify could not be asked just now; try again.";
/** Shopify's codes that a merchant can do something about. */
const SAYS: Record<string, string> = {
  NO_EXTENSION:
    "This version of the app was deployed without its web pixel extension; deploy the app with `shopify app deploy`.",
  INVALID_SETTINGS:
    "Shopify's copy of the web pixel extension asks for other settings; deploy the app with `shopify app deploy`.",
};

/** @returns null: it is on; else the sentence why not. */
export async function setPixel(graphql: Graphql, settings: PixelSettings): Promise<string | null> {
  const webPixel = { settings: JSON.stringify(settings) };
  const made = errorOf(await ask(graphql, CREATE, { webPixel }));
  if (made?.code !== "TAKEN") return made?.says ?? null;
  const id = await ownPixel(graphql);
  if (!id) return UNREACHED;
  return errorOf(await ask(graphql, UPDATE, { id, webPixel }))?.says ?? null;
}

/** @returns null: there is none now; else the sentence why it may still be there. */
export async function takePixel(graphql: Graphql): Promise<string | null> {
  const id = await ownPixel(graphql);
  const error = id ? errorOf(await ask(graphql, DELETE, { id })) : null;
  return error?.code === "" ? NOT_LET_GO : (error?.says ?? null);
}

async function ownPixel(graphql: Graphql): Promise<string | null> {
  const said = own.safeParse(await ask(graphql, OWN));
  return said.success ? (said.data.data.webPixel?.id ?? null) : null;
}

function errorOf(said: unknown): { code: string; says: string } | null {
  const parsed = answer.safeParse(said);
  const result = parsed.success ? Object.values(parsed.data.data).find((one) => one) : undefined;
  if (!result) return { code: "", says: UNREACHED };
  const [error] = result.userErrors;
  if (!error) return null;
  const code = error.code ?? "UNNAMED";
  return { code, says: SAYS[code] ?? `Shopify says: ${error.message}` };
}
