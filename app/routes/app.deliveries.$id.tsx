// The proof: one delivery, from what happened in the shop to each request that was made for it and what came back.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { BlockStack, Card, InlineStack, Page, Text } from "@shopify/polaris";
import { deliveryStory } from "../delivery/ledger/story.ts";
import { Decide } from "../pages/attention/Decide.tsx";
import { DeliveryBadge } from "../pages/DeliveryBadge.tsx";
import { useRefresh } from "../pages/refresh.ts";
import { AttemptCard } from "../pages/story/AttemptCard.tsx";
import { DeliveryFacts } from "../pages/story/DeliveryFacts.tsx";
import { deliveryWords, kindWords, sentence } from "../pages/words.ts";
import type { action as decide } from "./app.attention.tsx";

const OPEN = ["refused", "expired", "unknown"];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const story = await deliveryStory(context.road, session.shop, params.id ?? "");
  if (!story) throw new Response("There is no such delivery.", { status: 404 });
  const sheet = context.road.destinations.find(({ slug }) => slug === story.destination);
  return {
    story,
    vendor: { name: sheet?.name ?? story.destination, asks: Boolean(sheet?.lookUp) },
    deliveredAs: sheet?.deliveredAs,
  };
}

export default function DeliveryPage() {
  const { story, vendor, deliveredAs } = useLoaderData<typeof loader>();
  const decision = useFetcher<typeof decide>();
  useRefresh(4);
  const { state, reason, alreadyHad, attempts } = story;
  return (
    <Page
      title={`${kindWords(story.kind)} to ${story.connectionName}`}
      titleMetadata={<DeliveryBadge state={state} alreadyHad={alreadyHad} deliveredAs={deliveredAs} />}
      backAction={{ content: story.connectionName, url: `/app/${story.destination}/${story.connectionId}` }}
    >
      <BlockStack gap="400">
        <Card padding={{ xs: "400", sm: "500" }}>
          <BlockStack gap="400">
            <Text as="p">
              {alreadyHad
                ? `${vendor.name} had it already when it was sent first.`
                : deliveryWords(state, deliveredAs).means}{" "}
              {reason && sentence(reason)}
            </Text>
            <DeliveryFacts story={story} />
            {OPEN.includes(state) && (
              <InlineStack gap="300">
                <Decide fields={{ delivery: story.id }} state={state} vendor={vendor} decision={decision} />
              </InlineStack>
            )}
            <p aria-live="polite">{decision.data?.says}</p>
          </BlockStack>
        </Card>
        <Text as="h2" variant="headingMd">
          Requests to {vendor.name}
        </Text>
        {attempts.length === 0 && <Text as="p">{state === "due" ? "None yet." : "None was made."}</Text>}
        {attempts.map((attempt, index) => (
          <AttemptCard key={attempt.id} attempt={attempt} number={index + 1} />
        ))}
      </BlockStack>
    </Page>
  );
}
