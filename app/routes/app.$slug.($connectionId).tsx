// A destination: how its connection is doing, what it was owed last, its settings and rules with a preview, and who changed what.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { channelsOf } from "../delivery/connections/channels.ts";
import { mendConnection } from "../delivery/connections/mend-connection.ts";
import { changesOf } from "../delivery/connections/record.ts";
import { readRules } from "../delivery/connections/rules.ts";
import { saveTested } from "../delivery/connections/save-tested.ts";
import { disconnectConnection, switchConnection } from "../delivery/connections/switch-connection.ts";
import { testConnection } from "../delivery/connections/test-connection.ts";
import { tryNow } from "../delivery/connections/try-now.ts";
import { dayOf } from "../delivery/ledger/day.ts";
import { latestDeliveries } from "../delivery/ledger/latest-deliveries.ts";
import { syncState } from "../delivery/ledger/ledger.ts";
import { eventsOfOrder, latestEvents } from "../delivery/preview/events.ts";
import { preview, type Which } from "../delivery/preview/preview.ts";
import type { Road } from "../delivery/road.ts";
import { Offer } from "../pages/backfill/Offer.tsx";
import { ConnectionCard } from "../pages/connection/ConnectionCard.tsx";
import { ConnectionForm } from "../pages/connection/ConnectionForm.tsx";
import { DeliveryTable } from "../pages/connection/DeliveryTable.tsx";
import { RecordCard } from "../pages/connection/RecordCard.tsx";
import { readConnectionForm } from "../pages/connection/read-form.ts";
import { Siblings } from "../pages/connection/Siblings.tsx";
import { type Sheet, sheetOf } from "../pages/connection/sheet.ts";
import { readForm } from "../pages/form.ts";
import { useRefresh } from "../pages/refresh.ts";
import { NO_ANSWER, orElse, steadily } from "../pages/steady.ts";
import { useSheet } from "../pages/texts/sheet.ts";
import { useTold } from "../pages/texts/telling.ts";
import { offerOf } from "../shopify/backfill/plan.ts";

/** A UUID: anything else the database cannot even look for. */
const CONNECTION_ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

const notFound = () => new Response("There is no such page.", { status: 404 });

/** `new` in place of a connection's id is the form for another one. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const sheet = findSheet(context, params.slug);
  const connections = await syncState(context.road, session.shop);
  const siblings = connections.filter((one) => one.destination === sheet.slug);
  const wanted = params.connectionId ?? siblings[0]?.id ?? "new";
  const connection = siblings.find(({ id }) => id === wanted) ?? null;
  if (!connection && wanted !== "new") throw notFound();
  const deliveries = connection ? await latestDeliveries(context.road, session.shop, connection.id, 10) : [];
  const rules = connection?.rules ?? readRules({});
  const channels = await channelsOf(context.road, session.shop);
  const offer = connection && (await offerOf(context.road, connection));
  const record = connection ? await changesOf(context.road, session.shop, connection.id) : [];
  const day = connection ? (await dayOf(context.road, session.shop)).connections[connection.id] : undefined;
  const now = new Date().toISOString();
  return { now, sheet, siblings, connection, rules, channels, deliveries, offer, record, day };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { session, sessionToken } = await context.shopify.authenticate.admin(request);
  const sheet = findSheet(context, params.slug);
  const { road } = context;
  const form = await readForm(request);
  const id = String(form.get("id") ?? "");
  if (id !== "" && !CONNECTION_ID.test(id)) throw new Response("There is no such connection.", { status: 404 });
  const to = form.get("to");
  const draftOf = (typed: FormData) => readConnectionForm(typed, sheet, sessionToken.sub);
  switch (form.get("intent")) {
    case "test":
      return { findings: await testConnection(road, session.shop, draftOf(form)) };
    case "mend":
      return { findings: await mendConnection(road, session.shop, id, String(form.get("what") ?? "")) };
    case "save": {
      const { findings, ...saved } = await saveTested(road, session.shop, draftOf(form), form.has("anyway"));
      if (!saved.ok) return { errors: saved.errors, findings, saved: false };
      return id ? { errors: {}, findings, saved: true } : redirect(`/app/${sheet.slug}/${saved.id}`);
    }
    case "events":
      return { events: await eventsFor(road, session.shop, sheet, String(form.get("order") ?? "")) };
    case "preview":
      return { preview: await preview(road, session.shop, draftOf(form), whichOf(String(form.get("which") ?? ""))) };
    case "try":
      return { tried: await tryNow(road, session.shop, id) };
    case "switch":
      if (id === "") throw notFound();
      if (to === "on" || to === "paused" || to === "off") {
        await switchConnection(road, session.shop, id, to, sessionToken.sub);
      }
      return null;
    case "disconnect":
      if (id === "") throw notFound();
      await disconnectConnection(road, session.shop, id, sessionToken.sub);
      return redirect("/app");
    default:
      throw new Response("This is not something the page can do.", { status: 400 });
  }
}

/** "event:" and a number, or "sample:" and a kind. */
function whichOf(text: string): Which {
  const [what, ...rest] = text.split(":");
  return what === "sample" ? { sample: rest.join(":") } : { event: rest.join(":") };
}

/** @param order its name; "": the shop's latest events. */
function eventsFor(road: Road, shop: string, sheet: Sheet, order: string) {
  const kinds = sheet.kinds.includes("order.placed") ? [...sheet.kinds, "order.paid"] : sheet.kinds;
  return order.trim() ? eventsOfOrder(road, shop, order, kinds) : latestEvents(road, shop, kinds);
}

function findSheet(context: LoaderFunctionArgs["context"], slug: string | undefined): Sheet {
  const destination = context.road.destinations.find((one) => one.slug === slug);
  if (!destination) throw notFound();
  return sheetOf(destination);
}

export const clientLoader = steadily();
export const clientAction = orElse({ errors: { form: NO_ANSWER }, findings: [{ ok: null, says: NO_ANSWER }] });

export default function DestinationPage() {
  const data = useLoaderData<typeof loader>();
  const { now, rules, channels, deliveries, offer, record, day } = data;
  const { siblings, connection } = useTold(data);
  const sheet = useSheet(data.sheet);
  const { t } = useTranslation("connection");
  useRefresh(4);
  const figures = { content: t("title.figures"), url: `/app/${sheet.slug}/${connection?.id}/figures` };
  const figure = { content: t("title.accuracy"), url: `/app/accuracy/${connection?.id}` };
  const backfill = { content: t("title.backfill"), url: `/app/${sheet.slug}/${connection?.id}/backfill` };
  const another = { content: t("title.another"), url: `/app/${sheet.slug}/new` };
  return (
    <Page
      title={connection?.name ?? sheet.name}
      subtitle={sheet.about}
      backAction={{ content: t("title.home"), url: "/app" }}
      secondaryActions={connection ? [figure, figures, backfill, another] : []}
    >
      <BlockStack gap="400">
        {siblings.length > 0 && (siblings.length > 1 || !connection) && (
          <Siblings slug={sheet.slug} siblings={siblings} current={connection?.id ?? null} />
        )}
        {connection && (
          <ConnectionCard {...{ connection, day, now }} vendor={sheet.name} deliveredAs={sheet.deliveredAs} />
        )}
        {connection && offer && <Offer slug={sheet.slug} id={connection.id} vendor={sheet.name} what={offer} />}
        {connection && (
          <DeliveryTable name={connection.name} deliveries={deliveries} deliveredAs={sheet.deliveredAs} now={now} />
        )}
        <ConnectionForm
          key={connection?.id ?? "new"}
          sheet={sheet}
          connection={connection}
          rules={rules}
          channels={channels}
          now={now}
          asksName={siblings.length > (connection ? 1 : 0)}
        />
        {connection && <RecordCard sheet={sheet} record={record} now={now} />}
      </BlockStack>
    </Page>
  );
}
