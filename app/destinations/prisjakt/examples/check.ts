// What the test of a connection to Prisjakt reads, and what it makes of the answers.
import type { Example, ExampleRequest } from "../../example.ts";

const PIXEL = "52907745-7672-470e-a803-a2f8feb52944";
const headers = { "client-id": "example-client", "client-secret": "example-secret" };
const get = (path: string): ExampleRequest => ({ method: "GET", path, headers });
const limit = { ok: true, says: "Limit: 10,000 requests an hour for this client." };
const write = { ok: null, says: "Whether Prisjakt takes this client's purchases is known with the first event." };
const lastDay = get(`/pixels/${PIXEL}/purchase-summary?from=2026-11-20T10%3A00%3A00Z&to=2026-11-21T10%3A00%3A00Z`);
const ENABLE = { label: "Enable the pixel", what: "enable the pixel" };

export const checkExamples: Example[] = [
  {
    name: "the test reads the client's roles, the pixel, and the pixels of the shop",
    settings: { shopId: "123456" },
    answers: [
      { status: 200, json: { id: "example-client", roles: ["shop_user"] } },
      { status: 200, json: { id: PIXEL, enabled: false } },
      { status: 200, json: [{ id: PIXEL, enabled: false }] },
    ],
    requests: [get("/clients/example-client"), get(`/pixels/${PIXEL}`), get("/shops/123456/pixels")],
    checks: [
      { ok: true, says: "The client's roles: shop_user." },
      { ok: false, says: "The pixel is there, but disabled: it takes no purchases.", mend: ENABLE },
      { ok: true, says: `Pixels of shop 123456: ${PIXEL} (disabled).` },
      write,
      limit,
    ],
  },
  {
    name: "the test says which of client and pixel is wrong",
    answers: [
      { status: 200, json: { id: "example-client", roles: ["admin"] } },
      { status: 404, json: { title: "Not Found" } },
      { status: 404, json: { title: "Not Found" } },
    ],
    requests: [get("/clients/example-client"), get(`/pixels/${PIXEL}`), lastDay],
    checks: [
      {
        ok: false,
        says: "The client's roles: admin. To send purchases it needs event_publisher or shop_user.",
      },
      { ok: false, says: "Prisjakt does not know this pixel (“404 Not Found”)." },
      write,
      limit,
    ],
  },
  {
    name: "a page for one client or one pixel is not documented any more: that there is none is no fault",
    answers: [
      { status: 404, json: { title: "Not Found" } },
      { status: 404, json: { title: "Not Found" } },
      { status: 200, json: { per_day: [], summaries: [] } },
    ],
    requests: [get("/clients/example-client"), get(`/pixels/${PIXEL}`), lastDay],
    checks: [
      { ok: null, says: "Prisjakt does not tell the client's roles." },
      { ok: null, says: "The pixel is there. Prisjakt does not tell whether it is enabled.", mend: ENABLE },
      write,
      limit,
    ],
  },
  ...["clientId", "clientSecret"].map(
    (missing): Example => ({
      name: `without ${missing} the test asks nothing, and says what cannot be read`,
      settings: { [missing]: "" },
      answers: [],
      requests: [],
      checks: [
        {
          ok: null,
          says: "Without a client ID and its secret nothing can be read at Prisjakt: not whether the pixel is right and enabled, not its figures, and not whether it has a purchase whose answer was lost. Whether the pixel ID is right is known with the first purchase.",
        },
        limit,
      ],
    }),
  ),
];
