// One group that needs a person: its deliveries, page by page, some of them chosen for a decision.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { BlockStack, InlineStack, Link, Page } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { attentionGroup } from "../delivery/ledger/attention.ts";
import { membersOf } from "../delivery/ledger/members.ts";
import { ChosenCard } from "../pages/attention/ChosenCard.tsx";
import { MemberTable } from "../pages/attention/MemberTable.tsx";
import { useSaid } from "../pages/attention/says.ts";
import { useRefresh } from "../pages/refresh.ts";
import { steadily } from "../pages/steady.ts";
import type { action } from "./app.attention.tsx";

const AT_ONCE = 50;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const { road } = context;
  const asked = new URL(request.url).searchParams;
  const text = (name: string) => (asked.get(name) ?? "").replaceAll("\0", "");
  const of = { connectionId: text("connection"), state: text("state"), key: text("key") };
  const before = /^\d{1,18}$/.test(text("before")) ? text("before") : null;
  const [group, found] = await Promise.all([
    attentionGroup(road, session.shop, of),
    membersOf(road, session.shop, of, before, AT_ONCE + 1),
  ]);
  const members = found.slice(0, AT_ONCE);
  const older = found.length > AT_ONCE ? (members.at(-1)?.id ?? null) : null;
  const sheet = road.destinations.find(({ slug }) => slug === group?.destination);
  const vendor = { name: sheet?.name ?? "", asks: Boolean(sheet?.lookUp) };
  return { of, group, members, older, first: before === null, vendor, now: new Date().toISOString() };
}

export const clientLoader = steadily();

export default function Group() {
  const { t } = useTranslation("attention");
  const { of, group, members, older, first, vendor, now } = useLoaderData<typeof loader>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const decision = useFetcher<typeof action>();
  const said = useSaid();
  useRefresh(6);
  const choose = (ids: string[], is: boolean) =>
    setChosen((was) => (is ? new Set([...was, ...ids]) : new Set([...was].filter((id) => !ids.includes(id)))));
  const page = (before: string | null) =>
    `/app/attention/group?${new URLSearchParams({ connection: of.connectionId, state: of.state, key: of.key, ...(before && { before }) })}`;
  const title = group
    ? t("group.title", { name: group.connectionName, count: group.count })
    : t("members.nothingTitle");
  return (
    <Page title={title} backAction={{ content: t("page.title"), url: "/app/attention" }}>
      <p aria-live="polite" className="status outside">
        {said(decision.data)}
      </p>
      <BlockStack gap="400">
        <ChosenCard group={group} chosen={members.filter(({ id }) => chosen.has(id))} {...{ vendor, decision }} />
        {members.length > 0 && <MemberTable {...{ members, chosen, choose, now }} />}
        {(older || !first) && (
          <nav aria-label={t("pager.deliveries")} className="outside">
            <InlineStack gap="400" align="center">
              {!first && <Link url={page(null)}>{t("pager.newest")}</Link>}
              {older && <Link url={page(older)}>{t("pager.older")}</Link>}
            </InlineStack>
          </nav>
        )}
      </BlockStack>
    </Page>
  );
}
