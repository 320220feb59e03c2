// What ShopiPixel is asked: whether it has an event, what a key may do, its own figures.
import type { Message } from "../../destination.ts";
import type { Example, ExampleRequest } from "../../example.ts";

const body = { eventName: "Purchase", eventId: "purchase_1", eventTime: 1795249800, customData: { orderId: "1" } };
const bought: Message = { channel: "events", id: "purchase_1", body };
const view: Message = { channel: "events", id: "pv_1", body: { ...body, eventName: "PageView", eventId: "pv_1" } };
const listed = (data: object[], nextCursor: string | null = null) => ({
  status: 200,
  json: { data, pagination: { hasMore: nextCursor !== null, nextCursor } },
});
const get = (path: string): ExampleRequest => ({ method: "GET", path });
const purchases = "/api/v1/events?limit=200&eventName=Purchase&from=2026-11-20";
const doubt = { channel: "events", since: "2026-11-21T08:31:00Z" };
const stats = "/api/v1/stats?granularity=day&from=2026-11-20&to=2026-11-21";
const write = { ok: null, says: "Whether the key may write events (events:write) is known with the first event." };
const limits = {
  ok: true,
  says: "Limits: 1,000 requests an hour for this key, 24 hours from the event to its arrival.",
};

export const readExamples: Example[] = [
  {
    ...doubt,
    name: "a purchase is found by its order on a later page",
    lookUp: [bought],
    answers: [
      listed([{ eventName: "Purchase", customData: { orderId: "2" } }], "abc"),
      listed([{ customData: { orderId: "1" } }]),
    ],
    requests: [get(purchases), get(`${purchases}&cursor=abc`)],
    found: ["there"],
  },
  {
    ...doubt,
    name: "a purchase that is in no page is not there",
    lookUp: [bought],
    answers: [listed([])],
    requests: [get(purchases)],
    found: ["not there"],
  },
  {
    ...doubt,
    name: "a page view cannot be told apart in a list without event ids",
    lookUp: [view],
    answers: [listed([{ eventName: "PageView", customData: null }], "abc")],
    requests: [get("/api/v1/events?limit=200&eventName=PageView&from=2026-11-20")],
    found: ["cannot tell"],
  },
  {
    name: "the test of a good key says what it may read, and what only a write shows",
    answers: [listed([]), { status: 200, json: {} }],
    requests: [get("/api/v1/events?limit=1"), get(stats)],
    checks: [
      {
        ok: true,
        says: "The key is valid and may read events (events:read): what is in doubt can be looked up.",
      },
      { ok: true, says: "The key may read statistics (stats:read)." },
      write,
      limits,
    ],
  },
  {
    name: "the test of a wrong key says so once",
    answers: [{ status: 401, json: { error: "unauthorized" } }],
    requests: [get("/api/v1/events?limit=1")],
    checks: [
      { ok: false, says: "ShopiPixel does not accept this key: it is wrong, expired or revoked (“401 unauthorized”)." },
    ],
  },
  {
    name: "the test tells a missing permission from a missing plan",
    answers: [
      { status: 403, json: { error: "Permission events:read required" } },
      { status: 403, json: { error: "Enterprise plan required" } },
    ],
    requests: [get("/api/v1/events?limit=1"), get(stats)],
    checks: [
      {
        ok: false,
        says: "The key lacks a permission: make a new one under Settings > API (“403 Permission events:read required”). Without events:read, an event whose answer was lost for 20 minutes cannot be looked up.",
      },
      {
        ok: false,
        says: "ShopiPixel asks for an active Enterprise plan: see Billing there (“403 Enterprise plan required”). Without stats:read, ShopiPixel's own figures cannot be shown here.",
      },
      write,
      limits,
    ],
  },
  {
    name: "figures are shown by the names that the vendor gives them",
    range: { from: "2026-11-01", to: "2026-11-21" },
    answers: [
      {
        status: 200,
        json: {
          currency: "EUR",
          totals: { purchases: 3, conversionRate: 1.5 },
          series: [
            { date: "2026-11-20", revenue: 40.5, purchases: 2 },
            { date: "2026-11-21", revenue: 12, purchases: 1 },
          ],
          platforms: [{ platform: "meta", successRate: 98 }],
        },
      },
    ],
    requests: [get("/api/v1/stats?granularity=day&from=2026-11-01&to=2026-11-21")],
    reports: {
      figures: [
        { label: "Purchases", value: "3" },
        { label: "Conversion rate", value: "1.5", help: "ShopiPixel does not tell whether this is in percent" },
      ],
      charts: [
        {
          title: "Revenue",
          kind: "line",
          unit: "EUR",
          points: [
            { label: "2026-11-20", value: 40.5 },
            { label: "2026-11-21", value: 12 },
          ],
        },
        {
          title: "Purchases",
          kind: "line",
          points: [
            { label: "2026-11-20", value: 2 },
            { label: "2026-11-21", value: 1 },
          ],
        },
      ],
      tables: [{ title: "Platforms", columns: ["Platform", "Success rate"], rows: [["meta", "98"]] }],
      notes: ["Amounts are in EUR, converted by ShopiPixel day by day."],
      purchases: {
        by: "placed",
        timeZone: "UTC",
        zoneTold: false,
        since: "2026-11-01",
        counts: "This is the figure that it calls “Purchases”.",
        days: [
          { day: "2026-11-20", count: 2 },
          { day: "2026-11-21", count: 1 },
        ],
      },
    },
  },
];
