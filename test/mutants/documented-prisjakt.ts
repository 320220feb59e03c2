// Other figures, addresses and names than Prisjakt documents.
import { documented } from "./documented.ts";

export const prisjakt = documented({
  "app/destinations/prisjakt/index.ts": [
    [
      "prisjakt > where the API is",
      '"https://api.pj.nu/click-conversion"',
      '"https://api.schibsted.com/prisjakt/click"',
    ],
    ["prisjakt > that the form offers that address", "default: BASE_URL", "default: `${BASE_URL}/v1`"],
    ["prisjakt > how many requests a client has", "requests: 10_000", "requests: 1_000"],
    ["prisjakt > that one event is a request", "batch: 1,", "batch: 10,"],
    ["prisjakt > what a pixel's id looks like", "-4[0-9A-Fa-f]{3}-[0-9A-Fa-f]{4}", "-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}"],
    ["prisjakt > which shop ids there are", "[1-9]\\d{0,5}", "[1-9]\\d{0,6}"],
    ["prisjakt > that an event's id is known for 30 days", "age < 29 * DAY", "age < 30 * DAY"],
    [
      "prisjakt > that one event goes with the client's id alone",
      '{ "client-id": settings.clientId }',
      '{ "x-client-id": settings.clientId }',
    ],
  ],
  "app/destinations/prisjakt/client.ts": [
    [
      "prisjakt > where it is: POST /pixels/p/events",
      'method: "POST", path: `/pixels/${pixelId}/events`',
      'method: "POST", path: `/pixels/${pixelId}/event`',
    ],
    [
      "prisjakt > where it is: PATCH /pixels/p/events",
      'method: "PATCH", path: `/pixels/${pixelId}/events`',
      'method: "POST", path: `/pixels/${pixelId}/events/batch`',
    ],
    [
      "prisjakt > where it is: GET /pixels/p/events",
      "eachPage(Event, `/pixels/${pixelId}/events`",
      "eachPage(Event, `/events/${pixelId}`",
    ],
    ["prisjakt > where it is: GET /pixels/p/purchase-summary", "/purchase-summary", "/summary"],
    ["prisjakt > where it is: GET /pixels/p/conversions", "/pixels/${pixelId}/conversions", "/conversions/${pixelId}"],
    [
      "prisjakt > where it is: PATCH /pixels/p (",
      'method: "PATCH", path: `/pixels/${id}`',
      'method: "PUT", path: `/pixels/${id}`',
    ],
    ["prisjakt > where it is: GET /events/e", "`/events/${id}`", "`/event/${id}`"],
    ["prisjakt > where it is: GET /clicks/c", "`/clicks/${id}`", "`/click/${id}`"],
    [
      "prisjakt > where it is: GET /shops/1/pixels",
      "z.array(Pixel), `/shops/${shopId}/pixels`",
      "z.array(Pixel), `/pixels/${shopId}`",
    ],
    [
      "prisjakt > where it is: POST /shops/1/pixels",
      "path: `/shops/${shopId}/pixels` }",
      "path: `/shop/${shopId}/pixels` }",
    ],
    ["prisjakt > where it is: POST /shops/1/clients", "`/shops/${shopId}/clients`", "`/clients`"],
    ["prisjakt > where it is: GET /pixels/p (", "read(Pixel, `/pixels/${id}`", "read(Pixel, `/pixel/${id}`"],
    ["prisjakt > where it is: GET /clients/c", "`/clients/${id}`", "`/client/${id}`"],
    ["prisjakt > where it is: GET /shops/1 (", "read(Shop, `/shops/${id}`", "read(Shop, `/shop/${id}`"],
    [
      "prisjakt > that all else goes with the client's secret",
      '"client-secret": access.clientSecret',
      '"x-client-secret": access.clientSecret',
    ],
    ["prisjakt > how many entries a page has", 'per_page: "100"', 'per_page: "200"'],
    ["prisjakt > that the header Link says next", 'rel="?next"?', 'rel="?more"?'],
  ],
  "app/destinations/prisjakt/messages.ts": [
    ["prisjakt > which currencies are taken", '"NZD", ', '"USD", '],
    ["prisjakt > that a purchase counts for 30 days after its click", "30 * 86_400_000", "60 * 86_400_000"],
    ["prisjakt > that the click id is the parameter pjclid", "clicks.pjclid", "clicks.gclid"],
    ["prisjakt > what a signed click id looks like", "{12}_[0-9A-Za-z]{16}", "{12}_[0-9A-Za-z]{15,16}"],
    ["prisjakt > what a signed click id looks like", "{4}-4[0-9A-Fa-f]{3}", "{4}-[0-9A-Fa-f]{4}"],
    ["prisjakt > the fields of an event", '    event_name: "purchase"', '    event_name: "order"'],
    ["prisjakt > the fields of an event", "    external_event_id: order.id", "    event_id: order.id"],
    ["prisjakt > the fields of an event", '.replace(/\\.\\d{3}Z$/, "Z")', ""],
    ["prisjakt > the fields of an event", "      number_of_items:", "      items:"],
  ],
  "app/destinations/prisjakt/answers.ts": [
    ["prisjakt > a 409: it has it", "status === 409", "status === 410"],
    ["prisjakt > a 400, which names its fields", "field_errors } =", "errors: field_errors } ="],
    ["prisjakt > what a no says in title and detail", "{ title, detail,", "{ title, message: detail,"],
    ["prisjakt > a 401", "return outcomeOf(answer, OWN);", 'return { is: "retry", reason: "401" };'],
    ["prisjakt > a 403", "status === 403 || status === 404", "status === 404"],
    ["prisjakt > a 404", "answer.status === 404", "answer.status === 403"],
    [
      "prisjakt > that a 429 tells in X-RateLimit-Reset",
      '"x-ratelimit-reset"), Date.now(), 1)',
      '"x-ratelimit-reset"), Date.now())',
    ],
    ["prisjakt > that a look-up asks over 60 days at most", "from + 60 * DAY", "from + 90 * DAY"],
  ],
  "app/destinations/prisjakt/figures.ts": [
    ["prisjakt > that figures are given over 60 days at most", "MOST_DAYS = 60", "MOST_DAYS = 90"],
  ],
});
