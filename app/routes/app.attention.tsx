// What a person must decide: deliveries that ended without arriving, by what the vendor said; webhooks that could not be read.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { BlockStack, Card, Page, Text } from "@shopify/polaris";
import { attention, dismiss, dismissWebhooks, replay } from "../delivery/attention.ts";
import { AttentionCard } from "../pages/attention/AttentionCard.tsx";
import { UnreadableCard } from "../pages/attention/UnreadableCard.tsx";
import { readWhich } from "../pages/attention/which.ts";
import { count } from "../pages/money.ts";
import { useRefresh } from "../pages/refresh.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const { groups, webhooks } = await attention(context.road, session.shop);
  const names = Object.fromEntries(context.road.destinations.map(({ slug, name }) => [slug, name]));
  return { now: new Date().toISOString(), groups, webhooks, names };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const form = await request.formData();
  const { road } = context;
  if (form.has("webhook")) {
    const number = await dismissWebhooks(road, session.shop, form.getAll("webhook").map(String));
    return { says: `${count(number, "webhook")} dismissed.` };
  }
  const which = readWhich(form);
  if (!which) throw new Response("Nothing was chosen.", { status: 400 });
  if (form.get("intent") === "dismiss") {
    return { says: `${count(await dismiss(road, session.shop, which), "delivery", "deliveries")} dismissed.` };
  }
  const number = await replay(road, session.shop, which);
  const none = "None can be sent again: the vendor's time for them is over, or the connection is off.";
  return { says: number === 0 ? none : `${count(number, "delivery", "deliveries")} to be sent again.` };
}

export default function Attention() {
  const { now, groups, webhooks, names } = useLoaderData<typeof loader>();
  const decision = useFetcher<typeof action>();
  useRefresh(6);
  return (
    <Page title="Needs attention" backAction={{ content: "Home", url: "/app" }}>
      <p aria-live="polite" className="status">
        {decision.data?.says}
      </p>
      <BlockStack gap="400">
        {groups.length === 0 && webhooks.length === 0 && (
          <Card>
            <Text as="p">Nothing needs a decision. What a vendor refuses, or may have lost, is shown here.</Text>
          </Card>
        )}
        {groups.map((group) => (
          <AttentionCard
            key={`${group.connectionId} ${group.state} ${group.reason}`}
            group={group}
            vendor={names[group.destination] ?? group.destination}
            now={now}
            decision={decision}
          />
        ))}
        {webhooks.length > 0 && <UnreadableCard webhooks={webhooks} now={now} decision={decision} />}
      </BlockStack>
    </Page>
  );
}
