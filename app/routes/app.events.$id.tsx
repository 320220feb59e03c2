// One event: the webhook that told of it, what was read of it, and what became of it at each connection.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Card, Link, Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { eventStory } from "../delivery/activity/event.ts";
import { noteLook } from "../delivery/people/looks.ts";
import { orderPageOf, useAbout } from "../pages/activity/about.ts";
import { useBack } from "../pages/back.ts";
import { steadily } from "../pages/steady.ts";
import { EventDeliveries } from "../pages/story/EventDeliveries.tsx";
import { Fact, Facts } from "../pages/story/Facts.tsx";
import { Personal, readPersonal } from "../pages/story/Personal.tsx";
import { WebhookCard, Whole } from "../pages/story/WebhookCard.tsx";
import { Clock } from "../pages/time.tsx";
import { useWords } from "../pages/words.ts";

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { session, sessionToken } = await context.shopify.authenticate.admin(request);
  const { road } = context;
  const open = readPersonal(request);
  const event = await eventStory(road, session.shop, params.id ?? "", open);
  if (!event) throw new Response("There is no such event.", { status: 404 });
  const { id, subject } = event;
  if (open) await noteLook(road, session.shop, sessionToken.sub, { what: "webhook", of: id, about: subject });
  return {
    event,
    open,
    deliveredAs: Object.fromEntries(
      road.destinations.map(({ slug, deliveredAs = "delivered" }) => [slug, deliveredAs]),
    ),
  };
}

export const clientLoader = steadily();

export default function EventPage() {
  const { event, open, deliveredAs } = useLoaderData<typeof loader>();
  const { t } = useTranslation("story");
  const about = useAbout()(event);
  const page = orderPageOf(event.subject);
  const back = useBack(page ? { content: about, url: page } : { content: t("activity"), url: "/app/activity" });
  return (
    <Page title={t("eventPage.title", { kind: useWords().kind(event.kind), about })} backAction={back}>
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="400">
            <Facts>
              <Fact name={t("facts.about")}>{page ? <Link url={page}>{about}</Link> : about}</Fact>
              <Fact name={t("facts.happened")}>
                <Clock at={event.occurredAt} />
              </Fact>
              <Fact name={t("eventPage.heard")}>
                <Clock at={event.createdAt} />
              </Fact>
              <Fact name={t("eventPage.number")}>{event.id}</Fact>
              <Fact name={t("eventPage.key")}>{event.key}</Fact>
            </Facts>
            {event.backfilled && <Text as="p">{t("eventPage.backfilled")}</Text>}
            <Text as="h2" variant="headingMd">
              {t("eventPage.deliveries")}
            </Text>
            <EventDeliveries deliveries={event.deliveries} {...{ about, deliveredAs }} />
          </BlockStack>
        </Card>
        {(event.data || event.webhook?.body) && (
          <div className="outside">
            <Personal open={open} page={`/app/events/${event.id}`} />
          </div>
        )}
        <WebhookCard webhook={event.webhook} />
        <Card>
          <BlockStack gap="400">
            <Text as="h2" variant="headingMd">
              {t("eventPage.read")}
            </Text>
            {event.data ? <Whole shown={event.data} label={t("eventPage.read")} /> : <p>{t("eventPage.dataGone")}</p>}
          </BlockStack>
        </Card>
      </BlockStack>
    </Page>
  );
}
