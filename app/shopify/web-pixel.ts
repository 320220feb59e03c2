// The app's web pixel as Shopify keeps it for a shop: made, pointed elsewhere, taken away.
import { z } from "zod";
import type { Reason } from "../base/reason.ts";
import type { Ask, Question } from "./asking.ts";
import { dataOf, whyNot } from "./outcome.ts";
import { because } from "./reasons.ts";

/** The settings of extensions/web-pixel. */
export interface PixelSettings {
  endpoint: string;
  publicKey: string;
}

const done = z.object({ userErrors: z.array(z.object({ code: z.string().nullish(), message: z.string() })) });
const CREATE = {
  query: `mutation MakePixel($webPixel: WebPixelInput!) {
  webPixelCreate(webPixel: $webPixel) { webPixel { id } userErrors { code field message } } }`,
  usable: z.object({ webPixelCreate: done }).transform(({ webPixelCreate }) => webPixelCreate),
};
const UPDATE = {
  query: `mutation ChangePixel($id: ID!, $webPixel: WebPixelInput!) {
  webPixelUpdate(id: $id, webPixel: $webPixel) { webPixel { id } userErrors { code field message } } }`,
  usable: z.object({ webPixelUpdate: done }).transform(({ webPixelUpdate }) => webPixelUpdate),
};
const DELETE = {
  query: `mutation TakePixel($id: ID!) {
  webPixelDelete(id: $id) { deletedWebPixelId userErrors { code field message } } }`,
  usable: z.object({ webPixelDelete: done }).transform(({ webPixelDelete }) => webPixelDelete),
};
// Without an id it is the app's own; Shopify calls it an error when there is none.
const OWN = {
  query: "query OwnPixel { webPixel { id } }",
  usable: z.object({ webPixel: z.object({ id: z.string() }).nullable() }),
};

/** Why a pixel is not on yet: the upkeep asks again. */
export const UNREACHED = because("shopify_ill");
const NOT_LET_GO = because("pixel_not_let_go");
/** Shopify's codes that a merchant can do something about. */
const SAYS: Record<string, Reason> = {
  NO_EXTENSION: because("pixel_no_extension"),
  INVALID_SETTINGS: because("pixel_other_settings"),
};

interface Refusal {
  /** Shopify's; "" where it did not come to that. */
  code: string;
  says: Reason;
}

/** @returns null: it is on; else why not. */
export async function setPixel(ask: Ask, settings: PixelSettings): Promise<Reason | null> {
  const webPixel = { settings: JSON.stringify(settings) };
  const made = await change(ask, CREATE, { webPixel });
  if (made?.code !== "TAKEN") return made?.says ?? null;
  const id = await ownPixel(ask);
  if (!id) return UNREACHED;
  return (await change(ask, UPDATE, { id, webPixel }))?.says ?? null;
}

/** @returns null: there is none now; else why it may still be there. */
export async function takePixel(ask: Ask): Promise<Reason | null> {
  const own = await ask(OWN);
  const id = dataOf(own)?.webPixel?.id;
  if (!id) return dataOf(own) || own.is === "refused" ? null : NOT_LET_GO;
  const error = await change(ask, DELETE, { id });
  return error?.code === "" ? NOT_LET_GO : (error?.says ?? null);
}

const ownPixel = async (ask: Ask): Promise<string | null> => dataOf(await ask(OWN))?.webPixel?.id ?? null;

async function change(
  ask: Ask,
  mutation: Question<z.infer<typeof done>>,
  variables: Record<string, unknown>,
): Promise<Refusal | null> {
  const outcome = await ask(mutation, variables);
  const result = dataOf(outcome);
  if (!result) return { code: "", says: whyNot(outcome) ?? because("shopify_ill") };
  const [error] = result.userErrors;
  if (!error) return null;
  const code = error.code ?? "UNNAMED";
  return { code, says: SAYS[code] ?? because("shopify_refuses", { words: error.message }) };
}
