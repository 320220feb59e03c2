// Missed webhooks: what Shopify had not told and was found by reconciliation, when it was looked for, and a look at once.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import accuracyStyles from "../pages/accuracy/accuracy.css?url";
import { FoundTables } from "../pages/missed/FoundTables.tsx";
import { LookCard } from "../pages/missed/LookCard.tsx";
import { useRefresh } from "../pages/refresh.ts";
import { orElse, steadily } from "../pages/steady.ts";
import { found } from "../shopify/found/found.ts";
import { askForLook } from "../shopify/found/marks.ts";

export const links: LinksFunction = () => [{ rel: "stylesheet", href: accuracyStyles }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session, domain } = await context.shopify.authenticate.admin(request);
  const { road } = context;
  const store = domain.replace(/\.myshopify\.com$/, "");
  return { now: road.clock().toISOString(), store, ...(await found(road, session.shop)) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  await askForLook(context.road.db, session.shop, context.road.clock());
  return { asked: true };
}

export const clientLoader = steadily();
export const clientAction = orElse({ asked: false });

export default function MissedPage() {
  const { now, store, look, days, latest, timeZone } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["missed", "shell"]);
  useRefresh(look.beganAt ? 2 : 4);
  return (
    <Page
      title={t("title")}
      subtitle={t("subtitle")}
      backAction={{ content: t("shell:nav.accuracy"), url: "/app/accuracy" }}
    >
      <BlockStack gap="400">
        <LookCard look={look} now={now} />
        <FoundTables days={days} latest={latest} timeZone={timeZone} store={store} now={now} />
      </BlockStack>
    </Page>
  );
}
