// What a person must decide: deliveries that ended without arriving, by what the vendor said; webhooks that could not be read.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { BlockStack, Card, Page, Text } from "@shopify/polaris";
import { listConnections } from "../delivery/connections/connections.ts";
import { attention, dismiss, replay } from "../delivery/ledger/attention.ts";
import { replays } from "../delivery/ledger/replays.ts";
import { dismissWebhooks, readAgain, unreadable } from "../delivery/ledger/unreadable.ts";
import { AllCard } from "../pages/attention/AllCard.tsx";
import { AttentionCard } from "../pages/attention/AttentionCard.tsx";
import { ReplayCard } from "../pages/attention/ReplayCard.tsx";
import { UnreadableCard } from "../pages/attention/UnreadableCard.tsx";
import { readWhich, readWhichWebhooks } from "../pages/attention/which.ts";
import { readForm } from "../pages/form.ts";
import { count } from "../pages/money.ts";
import { useRefresh } from "../pages/refresh.ts";
import { NO_ANSWER, orElse, steadily } from "../pages/steady.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const { road } = context;
  const [groups, webhooks, again, connections] = await Promise.all([
    attention(road, session.shop),
    unreadable(road, session.shop),
    replays(road, session.shop),
    listConnections(road, session.shop),
  ]);
  const vendors = Object.fromEntries(
    road.destinations.map(({ slug, name, lookUp }) => [slug, { name, asks: Boolean(lookUp) }]),
  );
  const names = Object.fromEntries(connections.map(({ id, name }) => [id, name]));
  return { now: new Date().toISOString(), groups, webhooks, vendors, names, replays: again.slice(0, 10) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const form = await readForm(request);
  const { road } = context;
  const dismissed = form.get("intent") === "dismiss";
  const webhooks = await readWhichWebhooks(form, () => unreadable(road, session.shop));
  if (webhooks.length > 0) {
    const number = await each(webhooks, (which) =>
      (dismissed ? dismissWebhooks : readAgain)(road, session.shop, which),
    );
    return { says: `${count(number, "webhook")} ${dismissed ? "dismissed" : "to be read again"}.` };
  }
  const chosen = await readWhich(form, () => attention(road, session.shop));
  if (chosen.length === 0) return { says: "There is nothing left to decide." };
  const number = await each(chosen, (which) => (dismissed ? dismiss : replay)(road, session.shop, which));
  const what = count(number, "delivery", "deliveries");
  if (dismissed) return { says: `${what} dismissed.` };
  const none =
    "None can be sent again: the vendor’s time for them is over, the connection is off, or they were dismissed.";
  return { says: number === 0 ? none : `${what} to be sent again.` };
}

async function each<Which>(all: Which[], decide: (which: Which) => Promise<number>): Promise<number> {
  const numbers = await Promise.all(all.map(decide));
  return numbers.reduce((sum, one) => sum + one, 0);
}

export const clientLoader = steadily();
export const clientAction = orElse({ says: NO_ANSWER });

export default function Attention() {
  const { now, groups, webhooks, vendors, names, replays } = useLoaderData<typeof loader>();
  const decision = useFetcher<typeof action>();
  useRefresh(6);
  return (
    <Page title="Needs attention" backAction={{ content: "Home", url: "/app" }}>
      <p aria-live="polite" className="status outside">
        {decision.data?.says}
      </p>
      <BlockStack gap="400">
        {groups.length === 0 && webhooks.length === 0 && (
          <Card>
            <Text as="p">Nothing needs a decision. What a vendor refuses, or may have lost, is shown here.</Text>
          </Card>
        )}
        {groups.length > 1 && <AllCard groups={groups} decision={decision} />}
        {groups.map((group) => (
          <AttentionCard
            key={`${group.connectionId} ${group.state} ${JSON.stringify(group.reason)}`}
            group={group}
            vendor={vendors[group.destination] ?? { name: group.destination, asks: false }}
            now={now}
            decision={decision}
          />
        ))}
        {webhooks.length > 0 && <UnreadableCard groups={webhooks} now={now} decision={decision} />}
        {replays.length > 0 && <ReplayCard replays={replays} names={names} now={now} />}
      </BlockStack>
    </Page>
  );
}
