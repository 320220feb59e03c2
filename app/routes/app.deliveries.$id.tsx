// The proof: one delivery, from what happened in the shop to each request that was made for it and what came back.
import type { LoaderFunctionArgs, SerializeFrom } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Page, Text } from "@shopify/polaris";
import { Trans, useTranslation } from "react-i18next";
import { deliveryStory, type Story } from "../delivery/ledger/story.ts";
import { noteLook } from "../delivery/people/looks.ts";
import { type Proof, proofsOf } from "../delivery/proof/proof.ts";
import { keptBy } from "../delivery/upkeep/keep.ts";
import { Decide, type Decision, useWhyNot } from "../pages/attention/Decide.tsx";
import { useSaid } from "../pages/attention/says.ts";
import { useBack } from "../pages/back.ts";
import { DeliveryBadge } from "../pages/DeliveryBadge.tsx";
import { useRefresh } from "../pages/refresh.ts";
import { steadily } from "../pages/steady.ts";
import { AttemptCard } from "../pages/story/AttemptCard.tsx";
import { DeliveryFacts } from "../pages/story/DeliveryFacts.tsx";
import { Personal, readPersonal } from "../pages/story/Personal.tsx";
import { useReason } from "../pages/texts/telling.ts";
import { Ago } from "../pages/time.tsx";
import { useWho } from "../pages/who.ts";
import { sentence, useWords } from "../pages/words.ts";
import type { action as decide } from "./app.attention.tsx";

const OPEN = ["refused", "expired", "unknown"];
/** All else is about a person: what a vendor said of it may be, too. */
const OF_WARES = /^(product|collection):/;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { session, sessionToken } = await context.shopify.authenticate.admin(request);
  const story = await deliveryStory(context.road, session.shop, params.id ?? "");
  if (!story) throw new Response("There is no such delivery.", { status: 404 });
  const { id, subject } = story;
  const open = readPersonal(request);
  const look = (what: "delivery" | "request") =>
    noteLook(context.road, session.shop, sessionToken.sub, { what, of: id, about: subject });
  if (!OF_WARES.test(subject)) await look("delivery");
  if (open) await look("request");
  const sheet = context.road.destinations.find(({ slug }) => slug === story.destination);
  return {
    now: new Date().toISOString(),
    me: sessionToken.sub,
    story,
    open,
    proofs: await proofsOf(context.road, session.shop, id, open),
    vendor: { name: sheet?.name ?? story.destination, asks: Boolean(sheet?.lookUp) },
    deliveredAs: sheet?.deliveredAs,
    keptDays: (await keptBy(context.road.db, session.shop)).attempts,
  };
}

export const clientLoader = steadily();

export default function DeliveryPage() {
  const { now, me, story, open, proofs, vendor, deliveredAs, keptDays } = useLoaderData<typeof loader>();
  const { t } = useTranslation("story");
  const tell = useReason();
  const words = useWords();
  const who = useWho();
  const whyNot = useWhyNot();
  const said = useSaid();
  const decision = useFetcher<typeof decide>();
  useRefresh(4);
  const { state, reason, alreadyHad } = story;
  const back = useBack(
    story.connectionState === "disconnected"
      ? { content: t("home"), url: "/app" }
      : { content: story.connectionName, url: `/app/${story.destination}/${story.connectionId}` },
  );
  return (
    <Page
      title={t("title", { kind: words.kind(story.kind), connection: story.connectionName })}
      titleMetadata={<DeliveryBadge state={state} alreadyHad={alreadyHad} deliveredAs={deliveredAs} />}
      backAction={back}
    >
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="400">
            <Text as="p">
              {alreadyHad ? t("had", { vendor: vendor.name }) : words.delivery(state, deliveredAs).means}{" "}
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
                  <Trans
                    ns="story"
                    i18nKey="dismissed"
                    values={{ by: who.by(story.dismissed.by, me) }}
                    components={{ ago: <Ago at={story.dismissed.at} now={now} /> }}
                  />
                </Text>
                <TakeBack id={story.id} decision={decision} />
              </InlineStack>
            )}
            <p aria-live="polite" className="live">
              {said(decision.data)}
            </p>
          </BlockStack>
        </Card>
        <Requests vendor={vendor.name} {...{ story, open, proofs, keptDays }} />
      </BlockStack>
    </Page>
  );
}

function TakeBack({ id, decision }: { id: string; decision: Decision }) {
  const ask = () => decision.submit({ intent: "restore", delivery: id }, { method: "post", action: "/app/attention" });
  const { t } = useTranslation("story");
  return (
    <Button onClick={ask} loading={decision.state !== "idle"}>
      {t("takeBack")}
    </Button>
  );
}

interface RequestsProps {
  story: SerializeFrom<Story>;
  open: boolean;
  proofs: SerializeFrom<Record<string, Proof>>;
  vendor: string;
  keptDays: number;
}

function Requests({ story: { id, state, requests, attempts }, open, proofs, vendor, keptDays }: RequestsProps) {
  const { t } = useTranslation("story");
  return (
    <>
      <div className="outside">
        <Text as="h2" variant="headingMd">
          {t("requests.title", { vendor })}
        </Text>
        {requests > attempts.length && <p>{t("requests.gone", { count: keptDays })}</p>}
        {requests === 0 && attempts.length === 0 && (
          <p>{state === "due" ? t("requests.noneYet") : t("requests.none")}</p>
        )}
        {Object.keys(proofs).length > 0 && <Personal open={open} page={`/app/deliveries/${id}`} />}
      </div>
      {attempts.map((attempt, index) => (
        <AttemptCard key={attempt.id} attempt={attempt} number={index + 1} proof={proofs[attempt.id]} />
      ))}
    </>
  );
}
