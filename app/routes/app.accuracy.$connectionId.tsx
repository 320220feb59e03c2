// Accuracy of one connection: the sum, the days, the vendor's own count, and the single orders that explain the difference.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigation } from "@remix-run/react";
import { BlockStack, Card, Page } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { accuracy } from "../delivery/accuracy/accuracy.ts";
import { changesOf } from "../delivery/accuracy/changes.ts";
import { orderList } from "../delivery/accuracy/order-list.ts";
import { sendMissing } from "../delivery/accuracy/send-missing.ts";
import { failed } from "../delivery/accuracy/tally.ts";
import { getConnection } from "../delivery/connections/connections.ts";
import { shopFacts } from "../delivery/shop-facts.ts";
import accuracyStyles from "../pages/accuracy/accuracy.css?url";
import { ChangeCard } from "../pages/accuracy/ChangeCard.tsx";
import { DayTable } from "../pages/accuracy/DayTable.tsx";
import { Download } from "../pages/accuracy/Download.tsx";
import { OrderLines } from "../pages/accuracy/OrderLines.tsx";
import { SendMissing } from "../pages/accuracy/SendMissing.tsx";
import { SumCard } from "../pages/accuracy/SumCard.tsx";
import { readShown } from "../pages/accuracy/show.ts";
import { VendorCard } from "../pages/accuracy/VendorCard.tsx";
import { Chart } from "../pages/figures/Chart.tsx";
import styles from "../pages/figures/figures.css?url";
import { RangeForm } from "../pages/figures/RangeForm.tsx";
import { readRange } from "../pages/figures/range.ts";
import { readForm } from "../pages/form.ts";
import { useRefresh } from "../pages/refresh.ts";
import { orElse, steadily } from "../pages/steady.ts";

const ORDERS = 50;
const CHANGES = 20;

export const links: LinksFunction = () => [styles, accuracyStyles].map((href) => ({ rel: "stylesheet", href }));

async function about({ request, context, params }: LoaderFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const { road } = context;
  const connection = await getConnection(road, session.shop, params.connectionId ?? "");
  const sheet = road.destinations.find(({ slug }) => slug === connection?.destination);
  if (!connection || !sheet) throw new Response("There is no such page.", { status: 404 });
  const { timeZone } = await shopFacts(road.db, session.shop);
  const search = new URL(request.url).searchParams;
  return {
    road,
    shop: session.shop,
    connection,
    sheet,
    timeZone,
    search,
    range: readRange(search, road.clock(), timeZone),
  };
}

export async function loader(args: LoaderFunctionArgs) {
  const { road, shop, connection, sheet, timeZone, search, range } = await about(args);
  const { id, name } = connection;
  const shown = readShown(search);
  const after = search.get("after");
  const read = async () => {
    const wanted = { connectionId: id, range, outcomes: shown.outcomes, after, limit: ORDERS };
    // By its counts the list knows where to look.
    const [sum] = await accuracy(road, shop, range, id);
    const [changes, page] = await Promise.all([
      changesOf(road, shop, range, id, CHANGES),
      orderList(road, shop, wanted),
    ]);
    return sum && { sum, changes, page };
  };
  return {
    ...{ id, name, range, timeZone, shown, later: after !== null },
    vendor: { name: sheet.name, asks: Boolean(sheet.lookUp) },
    states: sheet.on["order.placed"] === undefined,
    slug: sheet.slug,
    deliveredAs: sheet.deliveredAs ?? "delivered",
    found: range.error === null ? await read() : undefined,
  };
}

export async function action(args: ActionFunctionArgs) {
  await args.context.shopify.authenticate.admin(args.request);
  const form = await readForm(args.request.clone());
  if (form.get("intent") !== "send") throw new Response("This is not something the page can do.", { status: 400 });
  const { road, shop, connection, range } = await about(args);
  if (range.error !== null) throw new Response("There are no such days.", { status: 400 });
  return { done: await sendMissing(road, shop, range, connection.id) };
}

export const clientLoader = steadily();
export const clientAction = orElse({ done: null });

export default function ConnectionAccuracyPage() {
  const { id, name, range, timeZone, found, ...rest } = useLoaderData<typeof loader>();
  const { vendor, slug, deliveredAs, shown, later, states } = rest;
  const { t } = useTranslation(["accuracy", "shell"]);
  const busy = useNavigation().state !== "idle";
  useRefresh(60);
  const query = `from=${range.from}&to=${range.to}`;
  const file = `${slug}-${range.from}-${range.to}.csv`;
  return (
    <Page
      title={t("titleOf", { name })}
      subtitle={[
        t("subtitleOf", { zone: timeZone }),
        ...(states ? [t("presentState", { vendor: vendor.name })] : []),
      ].join(" ")}
      backAction={{ content: t("title"), url: `/app/accuracy?${query}` }}
      secondaryActions={[{ content: t("shell:nav.settings"), url: `/app/${slug}/${id}` }]}
    >
      <BlockStack gap="400">
        <RangeForm range={range} busy={busy} />
        {found && (
          <>
            <SumCard of={found.sum} vendor={vendor.name} />
            <SendMissing key={query} total={found.sum.total} vendor={vendor} />
            <Charts days={found.sum.days} range={range} />
            <DayTable days={found.sum.days} />
            <OrderLines {...{ page: found.page, shown, query, later, deliveredAs }} />
            <ChangeCard changes={found.changes} vendor={vendor.name} />
            <VendorCard id={id} vendor={vendor.name} range={range} />
            <div className="downloads">
              <Download label={t("download.days")} from={`/app/accuracy-csv/${id}?${query}`} name={`days-${file}`} />
              <Download
                label={t("download.orders")}
                from={`/app/accuracy-csv/${id}?${query}&of=orders`}
                name={`orders-${file}`}
              />
            </div>
          </>
        )}
      </BlockStack>
    </Page>
  );
}

type Found = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>["found"]>;

function Charts({ days, range }: { days: Found["sum"]["days"]; range: { from: string; to: string } }) {
  const { t } = useTranslation("accuracy");
  const of = (value: (day: Found["sum"]["days"][number]) => number) =>
    days.map((day) => ({ label: day.day, value: value(day) }));
  const missing = of((day) => day.waiting + failed(day));
  return (
    <div className="charts">
      <Card>
        <Chart chart={{ title: t("charts.sent"), kind: "bars", points: of(({ sent }) => sent) }} range={range} />
      </Card>
      <Card>
        <Chart chart={{ title: t("charts.missing"), kind: "bars", points: missing }} range={range} />
      </Card>
    </div>
  );
}
