// What Prisjakt keeps beside the events: clients, pixels, the shop, the clicks.
import { randomUUID } from "node:crypto";
import { DAY } from "./limit.ts";
import { type Books, bodyOf, type Enter, missing, problem, type Stored } from "./prisjakt-books.ts";
import { clientShape, pixelShape } from "./prisjakt-fields.ts";
import { clickOf } from "./prisjakt-reads.ts";
import type { Call, Reply, Route } from "./vendor.ts";

const SHOP = "123456";
const MOST_PIXELS = 5;
const ok = (json: unknown): Reply => ({ status: 200, json });

export function shopRoutes(books: Books, enter: Enter): Route[] {
  const pixelOf = (id: string) => books.pixels.find((pixel) => pixel.id === id.toLowerCase()) ?? missing("pixel");
  /** A method, a path, who may come in, and what is done. */
  const on = (method: string, path: RegExp, role: string[], answer: (call: Call, id: string) => Reply): Route => [
    method,
    path,
    (call, [id = ""]) => {
      enter(call, role);
      if (call.path.startsWith("/shops/") && id !== SHOP) missing("shop");
      return answer(call, id);
    },
  ];
  const user = ["shop_user"];
  return [
    on("GET", /^\/clients\/([^/]+)$/, [], (_call, id) => {
      const client = books.clients.find((one) => one.id === id) ?? missing("client");
      return ok({ id: client.id, roles: client.roles });
    }),
    on("GET", /^\/pixels\/([^/]+)$/, user, (_call, id) => ok(pixelOf(id))),
    on("PATCH", /^\/pixels\/([^/]+)$/, user, (call, id) => {
      Object.assign(pixelOf(id), bodyOf<{ enabled?: boolean }>(call, pixelShape, ""));
      return { status: 204 };
    }),
    on("POST", /^\/shops\/(\d+)\/clients$/, ["admin"], (call) =>
      addClient(books, bodyOf<{ roles: string[] }>(call, clientShape, "").roles),
    ),
    on("POST", /^\/shops\/(\d+)\/pixels$/, user, () => addPixel(books)),
    on("GET", /^\/shops\/(\d+)\/pixels$/, user, () => ok(books.pixels)),
    on("GET", /^\/shops\/(\d+)$/, user, () => ok(shopOf(books))),
    on("GET", /^\/clicks\/([^/]+)$/, user, (_call, id) =>
      ok(click(books.events.find((event) => clickOf(event) === id) ?? missing("click"))),
    ),
  ];
}

const onlyId = ({ id }: { id: string }) => ({ id });
const shopOf = ({ clients, pixels }: Books) => ({
  id: Number(SHOP),
  clients: clients.map(onlyId),
  pixels: pixels.map(onlyId),
});

function addClient(books: Books, roles: string[]): Reply {
  const client = { id: randomUUID().replaceAll("-", ""), secret: randomUUID().replaceAll("-", ""), roles };
  books.clients.push(client);
  return { status: 201, json: client };
}

function addPixel(books: Books): Reply {
  if (books.pixels.length >= MOST_PIXELS) return problem(409, "Conflict", "The shop has as many pixels as it may have");
  const pixel = { id: randomUUID(), enabled: true };
  books.pixels.push(pixel);
  return { status: 201, json: pixel };
}

const click = (event: Stored) => ({
  id: clickOf(event),
  forwarded_date: new Date(event.at - DAY / 24).toISOString(),
  invoicing: { segment: { id: "122" } },
  location: {
    url: "https://sandbox-shop.myshopify.com/",
    shop: { market: "SE", id: SHOP },
    product_id: "5512731",
    price_id: "1",
    offer_id: "88120",
    location_type: "SHOP_OFFER_PAGE",
    expert_id: "",
  },
  request: {
    widget: { id: "" },
    partner: { id: "" },
    original_url: "https://www.prisjakt.nu/",
    market: "SE",
    device: { type: "DESKTOP" },
    client: { id: "1" },
    bot_score: 0,
    id: event.id,
  },
});
