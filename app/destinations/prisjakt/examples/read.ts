// What Prisjakt is asked: whether it has a purchase, what a client may do, its own figures.
import type { Example, ExampleRequest } from "../../example.ts";

const PIXEL = "52907745-7672-470e-a803-a2f8feb52944";
const headers = { "client-id": "example-client", "client-secret": "example-secret" };
const get = (path: string): ExampleRequest => ({ method: "GET", path, headers });
const bought = { channel: "purchase", id: "1001", body: { event_time: "2026-10-20T08:00:00Z" } };
const listed = (external_event_id: string) => ({
  id: `event-${external_event_id}`,
  click_id: PIXEL,
  external_event_id,
  event_name: "purchase",
  event_time: "2026-10-20T08:00:00Z",
  data: { number_of_items: 1, currency: "EUR", amount: 12.5 },
});
const page = (at: number) =>
  get(`/pixels/${PIXEL}/events?from=2026-10-19T08%3A00%3A00Z&to=2026-12-18T08%3A00%3A00Z&page=${at}&per_page=100`);
const doubt = { channel: "purchase", since: "2026-10-20T08:00:01Z" };
const days = "from=2026-11-20T00%3A00%3A00Z&to=2026-11-21T23%3A59%3A59Z";

export const readExamples: Example[] = [
  {
    ...doubt,
    name: "a purchase is looked up page by page",
    lookUp: [bought],
    answers: [
      { status: 200, json: [listed("1000")], headers: { link: '</x?page=2>; rel="next", </x?page=2>; rel="last"' } },
      { status: 200, json: [listed("1001")] },
    ],
    requests: [page(1), page(2)],
    found: ["there"],
  },
  {
    ...doubt,
    name: "a purchase on no page is not there",
    lookUp: [bought],
    answers: [{ status: 200, json: [listed("1000")] }],
    requests: [page(1)],
    found: ["not there"],
  },
  {
    name: "without a client ID there are no figures, and the page says why",
    settings: { clientId: "" },
    range: { from: "2026-11-20", to: "2026-11-21" },
    answers: [],
    requests: [],
    reports: {
      figures: [],
      charts: [],
      tables: [],
      notes: ["Prisjakt's figures can be read with a client ID and its secret only."],
    },
  },
  {
    ...doubt,
    name: "the least that an entry tells is enough to find a purchase by",
    lookUp: [bought],
    answers: [{ status: 200, json: [{ id: "e1" }, { id: "e2", external_event_id: "1001" }] }],
    requests: [page(1)],
    found: ["there"],
  },
  {
    name: "figures are shown for each currency",
    range: { from: "2026-11-20", to: "2026-11-21" },
    answers: [
      {
        status: 200,
        json: {
          per_day: [
            {
              date: "2026-11-21",
              time_zone: "Europe/Stockholm",
              number_of_events: 1,
              total_amount: 20,
              currency: "EUR",
            },
            {
              date: "2026-11-20",
              time_zone: "Europe/Stockholm",
              number_of_events: 2,
              total_amount: 5.5,
              currency: "EUR",
            },
          ],
          summaries: [{ number_of_events: 3, total_amount: 25.5, currency: "EUR" }],
        },
      },
      {
        status: 200,
        json: [
          {
            purchase: { timestamp: "2026-11-21T08:30:00Z", numberOfItems: 2, id: "1001", currency: "EUR", amount: 20 },
            forwarding: {
              url: "https://shop.example.com/",
              timestamp: "2026-11-20T18:00:00Z",
              product: { name: "Mug" },
            },
          },
        ],
      },
    ],
    requests: [
      get(`/pixels/${PIXEL}/purchase-summary?${days}`),
      get(`/pixels/${PIXEL}/conversions?${days}&page=1&per_page=100`),
    ],
    reports: {
      figures: [
        { label: "Purchases in EUR", value: "3" },
        { label: "Their value in EUR", value: "25.5", unit: "EUR" },
      ],
      charts: [
        {
          title: "Value by day in EUR",
          kind: "bars",
          unit: "EUR",
          points: [
            { label: "2026-11-20", value: 5.5 },
            { label: "2026-11-21", value: 20 },
          ],
        },
      ],
      tables: [
        {
          title: "Latest conversions",
          columns: ["Bought", "Purchase", "Amount", "Items", "Product", "Clicked"],
          rows: [["2026-11-21T08:30:00Z", "1001", "20 EUR", "2", "Mug", "2026-11-20T18:00:00Z"]],
        },
      ],
      notes: [],
      purchases: {
        by: "placed",
        timeZone: "Europe/Stockholm",
        zoneTold: true,
        since: "2026-11-20",
        counts: "It is asked for days of UTC: the first and the last day may lack some hours.",
        days: [
          { day: "2026-11-20", count: 2 },
          { day: "2026-11-21", count: 1 },
        ],
      },
    },
  },
  {
    name: "a range of more than 60 days is cut, and the figures come without conversions that may not be read",
    range: { from: "2026-01-01", to: "2026-11-21" },
    answers: [
      { status: 200, json: { per_day: [], summaries: [] } },
      { status: 401, json: { title: "Unauthorized" } },
    ],
    requests: [
      get(`/pixels/${PIXEL}/purchase-summary?from=2026-09-23T00%3A00%3A00Z&to=2026-11-21T23%3A59%3A59Z`),
      get(`/pixels/${PIXEL}/conversions?from=2026-09-23T00%3A00%3A00Z&to=2026-11-21T23%3A59%3A59Z&page=1&per_page=100`),
    ],
    reports: {
      figures: [],
      charts: [],
      tables: [],
      notes: [
        "Prisjakt gives figures for at most 60 days: these are the last 60.",
        "Prisjakt did not give the single conversions: “401 Unauthorized”",
      ],
      purchases: { by: "placed", timeZone: "UTC", zoneTold: false, since: "2026-09-23", days: [] },
    },
  },
];
