// ShopiMind's calls beside the shop's own data: contacts and carts, events, data sources, custom data, lists, the connector.
import type { Http } from "../../app/destinations/destination.ts";
import * as connector from "../../app/destinations/shopimind/connector.ts";
import * as contacts from "../../app/destinations/shopimind/contacts.ts";
import * as custom from "../../app/destinations/shopimind/custom-data.ts";
import * as sources from "../../app/destinations/shopimind/data-sources.ts";
import * as events from "../../app/destinations/shopimind/events.ts";
import * as lists from "../../app/destinations/shopimind/lists.ts";
import { DEFINITION, WRITTEN } from "./shopimind-samples.ts";
import type { Step } from "./shopimind-step.ts";

type Short = [endpoint: string, walk: Step["walk"], seen: unknown, kept?: Step["kept"]];
const steps = (short: Short[]): Step[] => short.map(([endpoint, walk, seen, kept]) => ({ endpoint, walk, seen, kept }));
const none = { data: [] };
/** Makes the call, then looks. */
const then = (call: (http: Http) => Promise<unknown>, look: (http: Http) => Promise<unknown>) => async (http: Http) => {
  await call(http);
  return look(http);
};

const reading = steps([
  [
    "GET /v1/contacts",
    (http) => contacts.listContacts(http, { contact_data_email: "mara@example.com" }),
    { data: [{ customer_ids: ["6401230098"] }] },
  ],
  ["GET /v1/contacts/all", contacts.listAllContacts, { data: [{ id_contact: "1" }] }],
  ["GET /v1/contacts/{id_contact}/lists", (http) => contacts.listsOf(http, 1), none],
  ["GET /v1/contacts/{id_contact}/tags", (http) => contacts.tagsOf(http, 1), none],
  ["GET /v1/contacts/{id_contact}/custom-data-definitions", (http) => contacts.customDataOf(http, 1), none],
  ["GET /v1/contact-consent-history", contacts.consentHistory, none],
  ["GET /v1/contact-messages-reject", contacts.rejectedMessages, none],
  ["GET /v1/carts", contacts.listCarts, { data: [{ cart_id: "c1-3f9a77" }] }],
]);

const person = { contact: { email: "mara@example.com" }, metaData: { table: 7 } };
const ofEvents = steps([
  [
    "POST /v1/events",
    then((http) => events.declareEvent(http, { name: "Gone", code_name: "gone" }), events.listEvents),
    { data: [{ code_name: "served" }, { code_name: "gone" }] },
  ],
  [
    "PATCH /v1/events",
    then(
      (http) => events.changeEvent(http, { id_event: 1, name: "Served well" }),
      (http) => events.readEvent(http, 1),
    ),
    { name: "Served well", code_name: "served" },
  ],
  [
    "GET /v1/events",
    (http) => events.listEvents(http, { limit: 5 }),
    { data: [{ id_event: "1", code_name: "served" }] },
  ],
  ["GET /v1/events/{id_event}", (http) => events.readEvent(http, 1), { name: "Served" }],
  ["DELETE /v1/events/{id_event}", then((http) => events.removeEvent(http, 1), events.listEvents), none],
  [
    "POST /v1/events/trigger/{code_name}",
    (http) => events.fire(http, "served", person),
    undefined,
    { kind: "trigger served", counted: 1, carried: 1 },
  ],
  [
    "GET /v1/events/histories",
    async (http) => {
      const before = await events.listFired(http);
      await events.fire(http, "served", person);
      return { before: before.data.length, after: (await events.listFired(http)).data };
    },
    { before: 0, after: [{ code_name: "served" }] },
  ],
]);

const ofSources = steps([
  ["GET /v1/data-sources", sources.listSources, [{ id_data_source: "1", label: "Till" }]],
  [
    "POST /v1/data-sources",
    then((http) => sources.makeSource(http, { label: "Fair", type: "api" }), sources.listSources),
    [{ label: "Till" }, { label: "Fair", type: "api" }],
  ],
  [
    "PUT /v1/data-sources/{id}",
    then((http) => sources.changeSource(http, 1, { label: "Tills" }), sources.listSources),
    [{ label: "Tills" }],
  ],
  ["DELETE /v1/data-sources/{id}", then((http) => sources.removeSource(http, 1), sources.listSources), []],
]);

const DEFINITIONS = "/v1/custom-data-definitions";
const price = { target_system_schema: "products", system_field_name: "price" } as const;
const overrides = [{ id_custom_data_definition: 1, custom_field_name: "points", priority: 1 }];
const more = [{ name: "level", label: "Level", type: "text" as const, required: false }];
const definitionOne = (http: Http) => custom.readDefinition(http, 1);
const ofDefinitions = steps([
  [`GET ${DEFINITIONS}`, custom.listDefinitions, { data: [{ name: "loyalty" }] }],
  [
    `POST ${DEFINITIONS}`,
    then((http) => custom.makeDefinition(http, { ...DEFINITION, name: "till" }), custom.listDefinitions),
    { data: [{ name: "loyalty" }, { name: "till" }] },
  ],
  [`GET ${DEFINITIONS}/{id_definition}`, definitionOne, { name: "loyalty", is_active: true }],
  [
    `PATCH ${DEFINITIONS}/{id_definition}/extend`,
    then((http) => custom.extendDefinition(http, 1, { fields: more }), definitionOne),
    { fields: [{ name: "card" }, { name: "points" }, { name: "level" }] },
  ],
  [
    `PATCH ${DEFINITIONS}/{id_definition}/deactivate`,
    then((http) => custom.switchDefinition(http, 1, "deactivate"), definitionOne),
    { is_active: false },
  ],
  [
    `PATCH ${DEFINITIONS}/{id_definition}/activate`,
    then((http) => custom.switchDefinition(http, 1, "activate"), definitionOne),
    { is_active: true },
  ],
  [
    `DELETE ${DEFINITIONS}/{id_definition}`,
    then((http) => custom.removeDefinition(http, 1), custom.listDefinitions),
    none,
  ],
  [
    `PUT ${DEFINITIONS}/overrides`,
    then((http) => custom.saveOverrides(http, price, overrides), custom.listOverrides),
    { data: [{ ...overrides[0], id_custom_data_definition: "1", priority: "1" }] },
  ],
  [`GET ${DEFINITIONS}/overrides`, (http) => custom.listOverrides(http, price), none],
]);

const RECORDS = "/v1/custom-data-records/{id_definition}";
const recordsOne = (http: Http) => custom.listRecords(http, 1);
const ofRecords = steps([
  [`GET ${RECORDS}`, recordsOne, { data: [{ id: "1", card: "A1", points: "5" }] }],
  [`POST ${RECORDS}`, (http) => custom.saveRecords(http, 1, [{ card: "A1", points: 6 }]), WRITTEN],
  [
    `PATCH ${RECORDS}/{id}`,
    then((http) => custom.changeRecord(http, 1, 1, { points: 7 }), recordsOne),
    { data: [{ card: "A1", points: "7" }] },
  ],
  [`DELETE ${RECORDS}`, then((http) => custom.removeRecord(http, 1, 1), recordsOne), none],
  [`POST ${RECORDS}/bulk-delete`, (http) => custom.removeRecords(http, 1, [1]), WRITTEN],
]);

const listOne = (http: Http) => lists.readList(http, 1);
const ofLists = steps([
  ["GET /v1/lists", lists.listLists, { data: [{ id_shop_list: "1", name: "Regulars" }] }],
  [
    "POST /v1/lists",
    then((http) => lists.makeList(http, { name: "Abroad", type: "segment" }), lists.listLists),
    { data: [{ name: "Regulars" }, { name: "Abroad", type: "segment" }] },
  ],
  ["GET /v1/lists/{id_shop_list}", listOne, { name: "Regulars", type: "list" }],
  [
    "PATCH /v1/lists/{id_shop_list}",
    then((http) => lists.changeList(http, 1, { keep_updated: true }), listOne),
    { name: "Regulars", keep_updated: true },
  ],
  ["DELETE /v1/lists/{id_shop_list}", then((http) => lists.removeList(http, 1), lists.listLists), none],
  ["GET /v1/lists/{id_list}/contacts", (http) => lists.contactsIn(http, 1), none],
]);

const shop = {
  default_currency: "EUR",
  default_lang: "de",
  langs: ["de"],
  timezone: "Europe/Berlin",
  url_client: "https://shop.example.com",
  ecommerce_version: "2026-01",
  module_version: "1",
};
const ofConnector = steps([
  ["GET /v1/integration-config", connector.readConfig, {}],
  [
    "PUT /v1/integration-config",
    then((http) => connector.saveConfig(http, { greeting: "Hello", most: 3 }), connector.readConfig),
    { greeting: "Hello", most: "3" },
  ],
  [
    "POST /v1/shop/connection",
    (http) => connector.saveConnection(http, shop),
    undefined,
    { kind: "shop connection", counted: 1 },
  ],
]);

export const OTHER_STEPS: Step[] = [
  ...reading,
  ...ofEvents,
  ...ofSources,
  ...ofDefinitions,
  ...ofRecords,
  ...ofLists,
  ...ofConnector,
];
