// What a person must decide: deliveries that ended without arriving, by what the vendor said; webhooks that could not be read.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { BlockStack, Card, Page, Text } from "@shopify/polaris";
import { attention, replay } from "../delivery/ledger/attention.ts";
import { dismiss, dismissed, takeBack } from "../delivery/ledger/dismissed.ts";
import { replays } from "../delivery/ledger/replays.ts";
import {
  dismissedWebhooks,
  dismissWebhooks,
  readAgain,
  takeBackWebhooks,
  unreadable,
} from "../delivery/ledger/unreadable.ts";
import type { Road } from "../delivery/road.ts";
import { AllCard } from "../pages/attention/AllCard.tsx";
import { AttentionCard } from "../pages/attention/AttentionCard.tsx";
import { DismissedCard } from "../pages/attention/DismissedCard.tsx";
import { NeedsCard } from "../pages/attention/NeedsCard.tsx";
import { ReplayCard } from "../pages/attention/ReplayCard.tsx";
import { UnreadableCard } from "../pages/attention/UnreadableCard.tsx";
import { readDismissed, readWhich, readWhichWebhooks } from "../pages/attention/which.ts";
import { readForm } from "../pages/form.ts";
import { needed } from "../pages/home/headline.ts";
import { count } from "../pages/money.ts";
import { useRefresh } from "../pages/refresh.ts";
import { NO_ANSWER, orElse, steadily } from "../pages/steady.ts";
import { useTold } from "../pages/texts/telling.ts";
import { useZone } from "../pages/time.tsx";
import { needsOf } from "../shopify/needs.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session, sessionToken } = await context.shopify.authenticate.admin(request);
  const { road } = context;
  const { shop } = session;
  const [needs, groups, webhooks, again, gone, goneWebhooks] = await Promise.all([
    needsOf(road, shop),
    attention(road, shop),
    unreadable(road, shop),
    replays(road, shop),
    dismissed(road, shop),
    dismissedWebhooks(road, shop),
  ]);
  const vendors = Object.fromEntries(
    road.destinations.map(({ slug, name, lookUp }) => [slug, { name, asks: Boolean(lookUp) }]),
  );
  const names = Object.fromEntries(needs.connections.map(({ id, name }) => [id, name]));
  const lists = { groups, webhooks, replays: again.slice(0, 10), gone, goneWebhooks };
  return { needs, now: needs.now, me: sessionToken.sub, vendors, names, ...lists };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { session, sessionToken } = await context.shopify.authenticate.admin(request);
  const form = await readForm(request);
  const { road } = context;
  const by = sessionToken.sub;
  if (form.get("intent") === "take back") return { says: await takenBack(road, session.shop, form) };
  const isDismissed = form.get("intent") === "dismiss";
  const webhooks = await readWhichWebhooks(form, () => unreadable(road, session.shop));
  if (webhooks.length > 0) {
    const number = await each(webhooks, (which) =>
      isDismissed ? dismissWebhooks(road, session.shop, which, by) : readAgain(road, session.shop, which),
    );
    return { says: `${count(number, "webhook")} ${isDismissed ? "dismissed" : "to be read again"}.` };
  }
  const chosen = await readWhich(form, () => attention(road, session.shop));
  if (chosen.length === 0) return { says: "There is nothing left to decide." };
  const number = await each(chosen, (which) =>
    isDismissed ? dismiss(road, session.shop, which, by) : replay(road, session.shop, which),
  );
  const what = count(number, "delivery", "deliveries");
  if (isDismissed) return { says: `${what} dismissed.` };
  const none =
    "None can be sent again: the vendor’s time for them is over, the connection is off, or they were dismissed.";
  return { says: number === 0 ? none : `${what} to be sent again.` };
}

async function takenBack(road: Road, shop: string, form: FormData): Promise<string> {
  const which = readDismissed(form);
  if (!which) return "There is nothing to take back.";
  const ofWebhooks = "topic" in which;
  const number = ofWebhooks
    ? await takeBackWebhooks(road, shop, which.topic, which.dismissedAt)
    : await takeBack(road, shop, which);
  const what = ofWebhooks ? count(number, "webhook") : count(number, "delivery", "deliveries");
  return number === 0 ? "There is nothing to take back." : `${what} ${number === 1 ? "is" : "are"} open again.`;
}

async function each<Which>(all: Which[], decide: (which: Which) => Promise<number>): Promise<number> {
  const numbers = await Promise.all(all.map(decide));
  return numbers.reduce((sum, one) => sum + one, 0);
}

export const clientLoader = steadily();
export const clientAction = orElse({ says: NO_ANSWER });

export default function Attention() {
  const { needs, now, me, groups, webhooks, vendors, names, replays, gone, goneWebhooks } =
    useLoaderData<typeof loader>();
  const zone = useZone();
  const elsewhere = needed({ ...useTold(needs), zone }).filter(({ url }) => url !== "/app/attention");
  const decision = useFetcher<typeof action>();
  useRefresh(6);
  return (
    <Page title="Needs attention" backAction={{ content: "Home", url: "/app" }}>
      <p aria-live="polite" className="status outside">
        {decision.data?.says}
      </p>
      <BlockStack gap="400">
        {groups.length + webhooks.length + elsewhere.length === 0 && (
          <Card>
            <Text as="p">Nothing needs a decision. What a vendor refuses, or may have lost, is shown here.</Text>
          </Card>
        )}
        {elsewhere.length > 0 && <NeedsCard points={elsewhere} />}
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
        {gone.length + goneWebhooks.length > 0 && (
          <DismissedCard groups={gone} webhooks={goneWebhooks} {...{ me, now, decision }} />
        )}
        {replays.length > 0 && <ReplayCard replays={replays} names={names} now={now} />}
      </BlockStack>
    </Page>
  );
}
