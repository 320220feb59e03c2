// What a person must decide: deliveries that ended without arriving, by what the vendor said; webhooks that could not be read.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { BlockStack, Card, Page, Text } from "@shopify/polaris";
import { attentionPage, inAll } from "../delivery/ledger/attention.ts";
import { dismissed } from "../delivery/ledger/dismissed.ts";
import { replays, underWay } from "../delivery/ledger/replays.ts";
import { dismissedWebhooks, unreadable } from "../delivery/ledger/unreadable.ts";
import { toldOrNull } from "../delivery/reasons.ts";
import { AllCard } from "../pages/attention/AllCard.tsx";
import { AttentionCard } from "../pages/attention/AttentionCard.tsx";
import { DismissedCard } from "../pages/attention/DismissedCard.tsx";
import { decided } from "../pages/attention/decided.ts";
import { NeedsCard } from "../pages/attention/NeedsCard.tsx";
import { Pager } from "../pages/attention/Pager.tsx";
import { ProgressCard } from "../pages/attention/ProgressCard.tsx";
import { ReplayCard } from "../pages/attention/ReplayCard.tsx";
import { deedSays, type Decided } from "../pages/attention/says.ts";
import { UnreadableCard } from "../pages/attention/UnreadableCard.tsx";
import { readForm } from "../pages/form.ts";
import { needed } from "../pages/home/headline.ts";
import { useRefresh } from "../pages/refresh.ts";
import { NO_ANSWER, orElse, steadily } from "../pages/steady.ts";
import { useZone } from "../pages/time.tsx";
import { needsOf } from "../shopify/needs.ts";
import { staffNames } from "../shopify/staff.ts";

const AT_ONCE = 20;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session, sessionToken } = await context.shopify.authenticate.admin(request);
  const { road } = context;
  const { shop } = session;
  const asked = new URL(request.url).searchParams;
  const page = Math.min(Math.max(Math.trunc(Number(asked.get("page"))) || 1, 1), 1_000);
  const connectionId = asked.get("connection");
  const [needs, found, sum, webhooks, log, going, gone, goneWebhooks, staff] = await Promise.all([
    needsOf(road, shop),
    attentionPage(road, shop, { connectionId, most: AT_ONCE, skip: (page - 1) * AT_ONCE }),
    inAll(road, shop),
    unreadable(road, shop),
    replays(road, shop),
    underWay(road, shop),
    dismissed(road, shop),
    dismissedWebhooks(road, shop),
    staffNames(road, shop),
  ]);
  const vendors = Object.fromEntries(
    road.destinations.map(({ slug, name, lookUp }) => [slug, { name, asks: Boolean(lookUp) }]),
  );
  const names = Object.fromEntries(needs.connections.map(({ id, name }) => [id, name]));
  const told = gone.map((one) => ({ ...one, says: toldOrNull(road, one.reason) ?? "" }));
  const lists = { ...found, sum, webhooks, log, going, gone: told, goneWebhooks, staff };
  return { needs, now: needs.now, me: sessionToken.sub, vendors, names, page, pages: pagesOf(found.all), ...lists };
}

const pagesOf = (groups: number) => Math.max(1, Math.ceil(groups / AT_ONCE));

export async function action({ request, context }: ActionFunctionArgs): Promise<Decided> {
  const { session, sessionToken } = await context.shopify.authenticate.admin(request);
  return decided(context.road, session.shop, await readForm(request), sessionToken.sub);
}

export const clientLoader = steadily();
export const clientAction = orElse({ says: NO_ANSWER });

export default function Attention() {
  const { needs, now, me, groups, all, sum, page, pages, webhooks, vendors, names, log, going, gone, goneWebhooks, staff } =
    useLoaderData<typeof loader>();
  const zone = useZone();
  const elsewhere = needed({ ...needs, zone }).filter(({ url }) => !url.startsWith("/app/attention"));
  const decision = useFetcher<Decided & { says?: string }>();
  useRefresh(going.length > 0 ? 2 : 6);
  return (
    <Page title="Needs attention" backAction={{ content: "Home", url: "/app" }}>
      <p aria-live="polite" className="status outside">
        {decision.data && (decision.data.says ?? deedSays(decision.data))}
      </p>
      <BlockStack gap="400">
        {all + webhooks.length + elsewhere.length === 0 && (
          <Card>
            <Text as="p">Nothing needs a decision. What a vendor refuses, or may have lost, is shown here.</Text>
          </Card>
        )}
        {going.length > 0 && <ProgressCard decisions={going} />}
        {elsewhere.length > 0 && <NeedsCard points={elsewhere} />}
        {all > 1 && <AllCard groups={all} {...sum} decision={decision} />}
        {groups.map((group) => (
          <AttentionCard
            key={`${group.connectionId} ${group.state} ${group.key}`}
            group={group}
            vendor={vendors[group.destination] ?? { name: group.destination, asks: false }}
            now={now}
            decision={decision}
          />
        ))}
        {pages > 1 && <Pager page={page} pages={pages} />}
        {webhooks.length > 0 && <UnreadableCard groups={webhooks} now={now} decision={decision} />}
        {gone.length + goneWebhooks.length > 0 && (
          <DismissedCard groups={gone} webhooks={goneWebhooks} {...{ me, now, decision }} />
        )}
        {log.length > 0 && <ReplayCard replays={log} {...{ names, staff, me, now }} />}
      </BlockStack>
    </Page>
  );
}
