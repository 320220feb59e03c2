// The figure, or with ?of=orders the orders of one connection, as a file for a spreadsheet, in the language of the page.
import { Readable } from "node:stream";
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from "@remix-run/node";
import { daysCsv, ordersCsv } from "../delivery/accuracy/csv.ts";
import { getConnection } from "../delivery/connections/connections.ts";
import { shopFacts } from "../delivery/shop-facts.ts";
import { fileWords } from "../pages/accuracy/file-words.ts";
import { readRange } from "../pages/figures/range.ts";
import { textsIn } from "../pages/texts/catalogue.ts";
import { languageOf } from "../pages/texts/languages.ts";
import { localeOf } from "../shopify/locale-cookie.ts";

const HEADERS = {
  "content-type": "text/csv; charset=utf-8",
  "content-disposition": "attachment",
  "cache-control": "no-store",
};

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const { road } = context;
  const { shop } = session;
  const connection = params.connectionId ? await getConnection(road, shop, params.connectionId) : null;
  const search = new URL(request.url).searchParams;
  const orders = search.get("of") === "orders";
  if ((params.connectionId || orders) && !connection)
    throw new Response("There is no such connection.", { status: 404 });
  const { timeZone } = await shopFacts(road.db, shop);
  const { from, to, error } = readRange(search, road.clock(), timeZone);
  if (error) throw new Response("There are no such days.", { status: 400 });
  const range = { from, to };
  const words = fileWords(await textsIn(languageOf(localeOf(request))));
  if (!orders || !connection)
    return new Response(await daysCsv(road, shop, range, connection?.id ?? null, words), { headers: HEADERS });
  const lines = createReadableStreamFromReadable(Readable.from(ordersCsv(road, shop, range, connection, words)));
  return new Response(lines, { headers: HEADERS });
}
