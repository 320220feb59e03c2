// A backfill of a connection: what of the time before may be sent, how much that would be, how far it is, and those of before.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Card, Page, Text } from "@shopify/polaris";
import { timeFormat } from "../base/formats.ts";
import { getConnection } from "../delivery/connections/connections.ts";
import { shopFacts } from "../delivery/shop-facts.ts";
import { BackfillForm } from "../pages/backfill/BackfillForm.tsx";
import { HistoryCard } from "../pages/backfill/HistoryCard.tsx";
import { ProgressCard } from "../pages/backfill/ProgressCard.tsx";
import { readForm } from "../pages/form.ts";
import { useRefresh } from "../pages/refresh.ts";
import { NO_ANSWER, orElse, steadily } from "../pages/steady.ts";
import { useTold } from "../pages/texts/telling.ts";
import { type Graphql, openAsk } from "../shopify/asking.ts";
import { cancel, pause, resume } from "../shopify/backfill/end.ts";
import { dryRun, historyOf, offered, startBackfill } from "../shopify/backfill/plan.ts";
import { backfills } from "../shopify/backfill/view.ts";

const DAY = 86_400_000;
/** Orders that are older Shopify shows only where it has approved it. */
const USUAL_DAYS = 60;

async function about({ request, context, params }: LoaderFunctionArgs) {
  const { session, admin } = await context.shopify.authenticate.admin(request);
  const { road } = context;
  const connection = await getConnection(road, session.shop, params.connectionId ?? "");
  const sheet = road.destinations.find(({ slug }) => slug === params.slug);
  if (!sheet || connection?.destination !== sheet.slug) throw new Response("There is no such page.", { status: 404 });
  return { road, shop: session.shop, connection, sheet, admin };
}

export async function loader(args: LoaderFunctionArgs) {
  const { road, shop, connection, sheet } = await about(args);
  const { name, slug } = sheet;
  const { timeZone } = await shopFacts(road.db, shop);
  const dayOf = timeFormat("sv-SE", { timeZone });
  const { takes, never } = historyOf(sheet);
  const span = Math.min(takes?.within ?? Number.POSITIVE_INFINITY, USUAL_DAYS * DAY);
  return {
    ...{ id: connection.id, name: connection.name, slug, vendor: name, timeZone },
    deliveredAs: sheet.deliveredAs ?? "delivered",
    now: road.clock().toISOString(),
    from: dayOf.format(new Date(road.clock().getTime() - span)),
    to: dayOf.format(road.clock()),
    never,
    ...{ says: takes?.says ?? null, warns: takes?.warns ?? null },
    offered: offered(sheet, connection.rules),
    backfills: await backfills(road, shop, connection.id),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { road, shop, connection, admin } = await about(args);
  const form = await readForm(args.request);
  const text = (name: string) => String(form.get(name) ?? "");
  const ask = openAsk(road, shop, async () => admin.graphql as Graphql);
  const wish = {
    ...{ what: text("what").split(","), from: text("from"), to: text("to") },
    confirmed: form.get("confirmed") === "true",
  };
  switch (form.get("intent")) {
    case "count": {
      const counted = await dryRun(road, shop, connection.id, wish, ask);
      return "expected" in counted ? { counted, says: null } : { counted: null, says: counted.says };
    }
    case "start": {
      const started = await startBackfill(road, shop, connection.id, wish, ask);
      return { counted: null, says: "says" in started ? started.says : null };
    }
    case "pause":
      await pause(road, shop, text("backfill"));
      return null;
    case "resume":
      await resume(road, shop, text("backfill"));
      return null;
    case "cancel":
      await cancel(road, shop, text("backfill"));
      return null;
    default:
      throw new Response("This is not something the page can do.", { status: 400 });
  }
}

export const clientLoader = steadily();
export const clientAction = orElse({ counted: null, says: NO_ANSWER });

export default function BackfillPage() {
  const page = useTold(useLoaderData<typeof loader>());
  const { name, slug, id, vendor, now, backfills, never, deliveredAs } = page;
  useRefresh(4);
  const underWay = backfills.find(({ endedAt }) => endedAt === null);
  const before = backfills.filter(({ endedAt }) => endedAt !== null);
  return (
    <Page
      title={`${name}: backfill`}
      subtitle={`What was in the shop before ${vendor} was connected. Nothing of it is sent unless you start it here.`}
      backAction={{ content: name, url: `/app/${slug}/${id}` }}
    >
      <BlockStack gap="400">
        {underWay && <ProgressCard backfill={underWay} deliveredAs={deliveredAs} />}
        {never && (
          <Card>
            <Text as="p">{never} So nothing of before is sent.</Text>
          </Card>
        )}
        {!never && !underWay && <BackfillForm {...page} />}
        {before.length > 0 && (
          <HistoryCard backfills={before} now={now} timeZone={page.timeZone} deliveredAs={deliveredAs} />
        )}
      </BlockStack>
    </Page>
  );
}
