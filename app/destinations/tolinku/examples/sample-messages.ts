// What the examples of Tolinku share: a product, a buyer, a visitor, and a message around a body.
import type { Message } from "../../destination.ts";
import { decimal } from "../../number.ts";

export const mug = {
  item_id: "41220003334445",
  item_name: "Stoneware mug",
  item_brand: "Nordlicht",
  item_variant: "Blue",
  price: decimal("12.50"),
  quantity: 2,
  currency: "EUR",
};
export const buyer = { user_id: "6401230098" };
export const visitor = { user_id: "visitor-7f3a" };

type Body = Record<string, unknown>;
const message = (channel: string, id: string, body: Body): Message => ({
  channel,
  id,
  body,
  ...(typeof body.user_id === "string" ? { userId: body.user_id } : {}),
});
export const commerce = (body: Body) => message("commerce", String(body.transaction_id), body);
export const behaviour = (id: string, body: Body) => message("behaviour", id, body);
