// Where each of Prisjakt's endpoints is.
import type { Http } from "../../../app/destinations/destination.ts";
import type { Access } from "../../../app/destinations/prisjakt/access.ts";
import * as to from "../../../app/destinations/prisjakt/client.ts";
import { type Figure, from } from "./figure.ts";

const PAGES = "developer.prisjakt.nu (click API)";
const REFERENCE = "conversion.prisjakt.nu (Click and Conversion API reference)";
const API = "https://api.pj.nu/click-conversion";
const days = { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" };
const event = {} as to.NewEvent;

const call =
  (make: (access: Access) => unknown, by = { clientId: "example-client", clientSecret: "example-secret" }) =>
  async (at: { asked: (work: (http: Http) => unknown) => Promise<{ call: string }[]> }) =>
    (await at.asked((http) => make({ http, ...by })))[0]?.call;
type Row = [path: string, make: (access: Access) => unknown];
const rows = (all: Row[]): [string, unknown, Figure["seen"]][] =>
  all.map(([path, make]) => [`where it is: ${path}`, path.replace(" ", ` ${API}`), call(make)]);

export const prisjaktPaths: Figure[] = [
  ...from(
    PAGES,
    rows([
      ["POST /pixels/p/events", ({ http }) => to.createEvent("p", event, http)],
      ["PATCH /pixels/p/events", (access) => to.createEvents("p", [event], access)],
      ["GET /pixels/p/events", (access) => to.eachEvents("p", days, access).next()],
      ["GET /pixels/p/purchase-summary", (access) => to.summaryOf("p", days, access)],
      ["GET /pixels/p/conversions", (access) => to.eachConversions("p", days, access).next()],
      ["PATCH /pixels/p", (access) => to.updatePixel("p", { enabled: true }, access)],
      ["GET /events/e", (access) => to.eventOf("e", access)],
      ["GET /clicks/c", (access) => to.clickOf("c", access)],
      ["GET /shops/1/pixels", (access) => to.pixelsOf("1", access)],
      ["POST /shops/1/pixels", (access) => to.createPixel("1", access)],
      ["POST /shops/1/clients", (access) => to.createClient("1", ["event_publisher"], access)],
    ]),
  ),
  ...from(
    REFERENCE,
    rows([
      ["GET /pixels/p", (access) => to.pixelOf("p", access)],
      ["GET /clients/c", (access) => to.clientOf("c", access)],
      ["GET /shops/1", (access) => to.shopOf("1", access)],
    ]),
  ),
];
