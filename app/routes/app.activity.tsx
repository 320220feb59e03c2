// Activity: every event of the shop and what became of it, searched and filtered.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigation } from "@remix-run/react";
import { BlockStack, Card, Link, Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { activity } from "../delivery/activity/activity.ts";
import { connectionsToChoose, reasonsToChoose } from "../delivery/activity/choices.ts";
import { KINDS, placeText } from "../delivery/activity/wanted.ts";
import { shopFacts } from "../delivery/shop-facts.ts";
import { DELIVERY_STATES } from "../delivery/states.ts";
import { LineTable } from "../pages/activity/LineTable.tsx";
import { addressOf, readAsked, shownAsked, wantedOf } from "../pages/activity/read-wanted.ts";
import { SearchForm } from "../pages/activity/SearchForm.tsx";
import { steadily } from "../pages/steady.ts";
import { Clock } from "../pages/time.tsx";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const { road } = context;
  const { shop } = session;
  const search = new URL(request.url).searchParams;
  const { timeZone } = await shopFacts(road.db, shop);
  const asked = readAsked(search);
  const wanted = wantedOf(asked, search.get("after"), timeZone);
  const [{ lines, next, lookedBackTo }, reasons, connections] = await Promise.all([
    activity(road, shop, wanted),
    reasonsToChoose(road, shop),
    connectionsToChoose(road, shop),
  ]);
  return {
    now: road.clock().toISOString(),
    asked: shownAsked(asked),
    later: wanted.after !== null,
    lines,
    next: next && placeText(next),
    lookedBackTo,
    reasons,
    connections,
    deliveredAs: Object.fromEntries(
      road.destinations.map(({ slug, deliveredAs = "delivered" }) => [slug, deliveredAs]),
    ),
  };
}

export const clientLoader = steadily();

export default function ActivityPage() {
  const { now, asked, later, lines, next, lookedBackTo, reasons, connections, deliveredAs } =
    useLoaderData<typeof loader>();
  const { t } = useTranslation("activity");
  const busy = useNavigation().state !== "idle";
  const isAll = Object.values(asked).every((text) => text === "");
  return (
    <Page title={t("title")} subtitle={t("subtitle")}>
      <BlockStack gap="400">
        <SearchForm
          key={addressOf(asked, null)}
          {...{ asked, connections, reasons, busy }}
          kinds={KINDS}
          states={DELIVERY_STATES}
        />
        <Card padding="0">
          {lines.length === 0 && (
            <div className="card-head">
              <Text as="p">{isAll && !later ? t("found.nothingYet") : t("found.none")}</Text>
            </div>
          )}
          {lines.length > 0 && <LineTable label={t("table.label")} {...{ lines, deliveredAs, now }} />}
          {(next || later || lookedBackTo) && (
            <nav className="more pages" aria-label={t("title")}>
              {lookedBackTo && (
                <span>
                  {t("found.lookedBackTo")} <Clock at={lookedBackTo} />.
                </span>
              )}
              {next && (
                <Link url={addressOf(asked, next)}>
                  {lookedBackTo ? t("found.further") : asked.state === "due" ? t("found.later") : t("found.older")}
                </Link>
              )}
              {later && <Link url={addressOf(asked, null)}>{t("found.newest")}</Link>}
            </nav>
          )}
        </Card>
      </BlockStack>
    </Page>
  );
}
