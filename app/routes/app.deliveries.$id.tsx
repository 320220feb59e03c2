// The proof: one delivery, from what happened in the shop to each request that was made for it and what came back.
import type { LoaderFunctionArgs, SerializeFrom } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Page, Text } from "@shopify/polaris";
import { deliveryStory, type Story } from "../delivery/ledger/story.ts";
import { noteLook } from "../delivery/people/looks.ts";
import { keptBy } from "../delivery/upkeep/keep.ts";
import { Decide, type Decision, useWhyNot } from "../pages/attention/Decide.tsx";
import { useSaid } from "../pages/attention/says.ts";
import { DeliveryBadge } from "../pages/DeliveryBadge.tsx";
import { useRefresh } from "../pages/refresh.ts";
import { steadily } from "../pages/steady.ts";
import { AttemptCard } from "../pages/story/AttemptCard.tsx";
import { DeliveryFacts } from "../pages/story/DeliveryFacts.tsx";
import { useReason } from "../pages/texts/telling.ts";
import { Ago } from "../pages/time.tsx";
import { byWhom } from "../pages/who.ts";
import { deliveryWords, kindWords, sentence } from "../pages/words.ts";
import type { action as decide } from "./app.attention.tsx";

const OPEN = ["refused", "expired", "unknown"];
/** All else is about a person: what a vendor said of it may be, too. */
const OF_WARES = /^(product|collection):/;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { session, sessionToken } = await context.shopify.authenticate.admin(request);
  const story = await deliveryStory(context.road, session.shop, params.id ?? "");
  if (!story) throw new Response("There is no such delivery.", { status: 404 });
  const { id, subject } = story;
  if (!OF_WARES.test(subject))
    await noteLook(context.road, session.shop, sessionToken.sub, { what: "delivery", of: id, about: subject });
  const sheet = context.road.destinations.find(({ slug }) => slug === story.destination);
  return {
    now: new Date().toISOString(),
    me: sessionToken.sub,
    story,
    vendor: { name: sheet?.name ?? story.destination, asks: Boolean(sheet?.lookUp) },
    deliveredAs: sheet?.deliveredAs,
    keptDays: (await keptBy(context.road, session.shop)).attempts,
  };
}

export const clientLoader = steadily();

export default function DeliveryPage() {
  const { now, me, story, vendor, deliveredAs, keptDays } = useLoaderData<typeof loader>();
  const tell = useReason();
  const whyNot = useWhyNot();
  const said = useSaid();
  const decision = useFetcher<typeof decide>();
  useRefresh(4);
  const { state, reason, alreadyHad } = story;
  return (
    <Page
      title={`${kindWords(story.kind)} to ${story.connectionName}`}
      titleMetadata={<DeliveryBadge state={state} alreadyHad={alreadyHad} deliveredAs={deliveredAs} />}
      backAction={
        story.connectionState === "disconnected"
          ? { content: "Home", url: "/app" }
          : { content: story.connectionName, url: `/app/${story.destination}/${story.connectionId}` }
      }
    >
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="400">
            <Text as="p">
              {alreadyHad
                ? `${vendor.name} had it already when it was sent first.`
                : deliveryWords(state, deliveredAs).means}{" "}
              {reason && sentence(tell(reason))}
            </Text>
            <DeliveryFacts story={story} />
            {OPEN.includes(state) && !story.dismissed && (
              <>
                {!story.replayable && (
                  <Text as="p">{whyNot(story.connectionName, vendor.name, story.connectionState, "it")}</Text>
                )}
                <InlineStack gap="300">
                  <Decide
                    fields={{ delivery: story.id }}
                    replayable={story.replayable}
                    {...{ state, vendor, decision }}
                  />
                </InlineStack>
              </>
            )}
            {OPEN.includes(state) && story.dismissed && (
              <InlineStack gap="300" blockAlign="center">
                <Text as="p">
                  Dismissed <Ago at={story.dismissed.at} now={now} /> {byWhom(story.dismissed.by, me)}.
                </Text>
                <TakeBack id={story.id} decision={decision} />
              </InlineStack>
            )}
            <p aria-live="polite" className="live">
              {said(decision.data)}
            </p>
          </BlockStack>
        </Card>
        <Requests story={story} vendor={vendor.name} keptDays={keptDays} />
      </BlockStack>
    </Page>
  );
}

function TakeBack({ id, decision }: { id: string; decision: Decision }) {
  const ask = () => decision.submit({ intent: "restore", delivery: id }, { method: "post", action: "/app/attention" });
  return (
    <Button onClick={ask} loading={decision.state !== "idle"}>
      Take back
    </Button>
  );
}

interface RequestsProps {
  story: SerializeFrom<Story>;
  vendor: string;
  keptDays: number;
}

function Requests({ story: { state, requests, attempts }, vendor, keptDays }: RequestsProps) {
  return (
    <>
      <div className="outside">
        <Text as="h2" variant="headingMd">
          Requests to {vendor}
        </Text>
        {requests > attempts.length && <p>Those that are older than {keptDays} days are not kept.</p>}
        {requests === 0 && attempts.length === 0 && <p>{state === "due" ? "None yet." : "None was made."}</p>}
      </div>
      {attempts.map((attempt, index) => (
        <AttemptCard key={attempt.id} attempt={attempt} number={index + 1} />
      ))}
    </>
  );
}
