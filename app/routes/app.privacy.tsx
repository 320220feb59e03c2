// What buyers asked of the shop, what became of it, and who looked at what of them.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { erasures } from "../delivery/erasure/record.ts";
import { dataRequests } from "../delivery/people/data-requests.ts";
import { looks } from "../delivery/people/looks.ts";
import { LookTable } from "../pages/privacy/LookTable.tsx";
import { RequestTable } from "../pages/privacy/RequestTable.tsx";
import { useRefresh } from "../pages/refresh.ts";
import { steadily } from "../pages/steady.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const { road } = context;
  const [erased, asked, looked] = await Promise.all([
    erasures(road, session.shop),
    dataRequests(road, session.shop),
    looks(road, session.shop),
  ]);
  return { erased, asked, looked };
}

export const clientLoader = steadily();

export default function Privacy() {
  const { erased, asked, looked } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["privacy", "shell"]);
  useRefresh(10);
  return (
    <Page title={t("title")} backAction={{ content: t("shell:nav.settings"), url: "/app/settings" }}>
      <BlockStack gap="400">
        <RequestTable erasures={erased} dataRequests={asked} />
        <LookTable looks={looked} />
      </BlockStack>
    </Page>
  );
}
