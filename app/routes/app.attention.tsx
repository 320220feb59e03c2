// What a person must decide: deliveries that ended without arriving, by what the vendor said; webhooks that could not be read.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { BlockStack, Card, Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { attentionPage, inAll, LOOKED_AT } from "../delivery/ledger/attention.ts";
import { dismissed } from "../delivery/ledger/dismissed.ts";
import { replays, underWay } from "../delivery/ledger/replays.ts";
import { dismissedWebhooks, unreadable } from "../delivery/ledger/unreadable.ts";
import type { Road } from "../delivery/road.ts";
import { AllCard } from "../pages/attention/AllCard.tsx";
import { AttentionCard } from "../pages/attention/AttentionCard.tsx";
import { DismissedCard } from "../pages/attention/DismissedCard.tsx";
import { decided } from "../pages/attention/decided.ts";
import { NeedsCard } from "../pages/attention/NeedsCard.tsx";
import { OnlyLine } from "../pages/attention/OnlyLine.tsx";
import { Pager } from "../pages/attention/Pager.tsx";
import { ProgressCard } from "../pages/attention/ProgressCard.tsx";
import { ReplayCard } from "../pages/attention/ReplayCard.tsx";
import { useSaid } from "../pages/attention/says.ts";
import { UnreadableCard } from "../pages/attention/UnreadableCard.tsx";
import { readForm } from "../pages/form.ts";
import { useNeeded } from "../pages/home/headline.ts";
import { useRefresh } from "../pages/refresh.ts";
import { NO_ANSWER, orElse, steadily } from "../pages/steady.ts";
import { useTold } from "../pages/texts/telling.ts";
import { needsOf } from "../shopify/needs.ts";
import { staffNames } from "../shopify/staff.ts";

const AT_ONCE = 20;
const MOST_PAGES = 1_000;

/** Of one connection, or of all. A page that is no more, for what was on it is decided, is the first one. */
async function groupsOn(road: Road, shop: string, connectionId: string | null, page: number) {
  const found = await attentionPage(road, shop, { connectionId, most: AT_ONCE, skip: (page - 1) * AT_ONCE });
  if (found.groups.length > 0 || page === 1) return { ...found, page };
  return { ...(await attentionPage(road, shop, { connectionId, most: AT_ONCE })), page: 1 };
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session, sessionToken } = await context.shopify.authenticate.admin(request);
  const { road } = context;
  const { shop } = session;
  const asked = new URL(request.url).searchParams;
  const page = Math.min(Math.max(Math.trunc(Number(asked.get("page"))) || 1, 1), MOST_PAGES);
  const connectionId = asked.get("connection");
  const [needs, found, sum, webhooks, log, going, gone, goneWebhooks, staff] = await Promise.all([
    needsOf(road, shop),
    groupsOn(road, shop, connectionId, page),
    inAll(road, shop),
    unreadable(road, shop),
    replays(road, shop),
    underWay(road, shop),
    dismissed(road, shop),
    dismissedWebhooks(road, shop),
    staffNames(road, shop),
  ]);
  const only = [...needs.connections, ...needs.ended].find(({ id }) => id === connectionId)?.name ?? null;
  const shown = only === null && connectionId !== null ? await groupsOn(road, shop, null, page) : found;
  const vendors = Object.fromEntries(
    road.destinations.map(({ slug, name, lookUp }) => [slug, { name, asks: Boolean(lookUp) }]),
  );
  const names = Object.fromEntries(needs.connections.map(({ id, name }) => [id, name]));
  const pages = Math.max(1, Math.ceil(shown.all / AT_ONCE));
  const decisions = { log, going, gone, goneWebhooks, staff, me: sessionToken.sub };
  return {
    needs,
    now: needs.now,
    lookedAt: LOOKED_AT,
    vendors,
    names,
    pages,
    only,
    ...shown,
    sum,
    webhooks,
    ...decisions,
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { session, sessionToken } = await context.shopify.authenticate.admin(request);
  return decided(context.road, session.shop, await readForm(request), sessionToken.sub);
}

export const clientLoader = steadily();
export const clientAction = orElse({ says: NO_ANSWER });

export default function Attention() {
  const { t } = useTranslation("attention");
  const { needs, now, lookedAt, vendors, names, page, pages, only, groups, all, ...more } =
    useLoaderData<typeof loader>();
  const { sum, webhooks, log, going, gone, goneWebhooks, staff, me } = more;
  const elsewhere = useNeeded(useTold(needs)).filter(({ url }) => !url.startsWith("/app/attention"));
  const decision = useFetcher<typeof action>();
  const said = useSaid();
  useRefresh(going.length > 0 ? 2 : 6);
  return (
    <Page title={t("page.title")} backAction={{ content: t("page.home"), url: "/app" }}>
      <p aria-live="polite" className="status outside">
        {said(decision.data)}
      </p>
      <BlockStack gap="400">
        {only !== null && sum.deliveries > 0 && <OnlyLine name={only} isNothing={all === 0} />}
        {sum.deliveries + webhooks.length + elsewhere.length === 0 && (
          <Card>
            <Text as="p">{t("page.nothing")}</Text>
          </Card>
        )}
        {going.length > 0 && <ProgressCard decisions={going} />}
        {elsewhere.length > 0 && <NeedsCard points={elsewhere} />}
        {only === null && all > 1 && <AllCard groups={all} {...sum} decision={decision} />}
        {groups.map((group) => (
          <AttentionCard
            key={`${group.connectionId} ${group.state} ${group.key}`}
            vendor={vendors[group.destination] ?? { name: group.destination, asks: false }}
            {...{ group, lookedAt, now, decision }}
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
