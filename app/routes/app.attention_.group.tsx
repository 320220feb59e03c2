// One group that needs a person: its deliveries, page by page, some of them chosen for a decision.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { BlockStack, Card, InlineStack, Link, Page, Text } from "@shopify/polaris";
import { useState } from "react";
import { attentionGroup } from "../delivery/ledger/attention.ts";
import { membersOf } from "../delivery/ledger/members.ts";
import { Decide } from "../pages/attention/Decide.tsx";
import { MemberTable } from "../pages/attention/MemberTable.tsx";
import { type Decided, deedSays } from "../pages/attention/says.ts";
import { count } from "../pages/money.ts";
import { useRefresh } from "../pages/refresh.ts";
import { steadily } from "../pages/steady.ts";
import { sentence } from "../pages/words.ts";

const AT_ONCE = 50;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const { road } = context;
  const asked = new URL(request.url).searchParams;
  const text = (name: string) => asked.get(name) ?? "";
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
  const { of, group, members, older, first, vendor, now } = useLoaderData<typeof loader>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const decision = useFetcher<Decided & { says?: string }>();
  useRefresh(6);
  const here = members.filter(({ id }) => chosen.has(id));
  const choose = (ids: string[], is: boolean) =>
    setChosen((before) => (is ? new Set([...before, ...ids]) : new Set([...before].filter((id) => !ids.includes(id)))));
  const page = (before: string) =>
    `/app/attention/group?${new URLSearchParams({ connection: of.connectionId, state: of.state, key: of.key, ...(before ? { before } : {}) })}`;
  return (
    <Page
      title={group ? `${group.connectionName}: ${count(group.count, "delivery", "deliveries")}` : "Nothing left here"}
      backAction={{ content: "Needs attention", url: "/app/attention" }}
    >
      <p aria-live="polite" className="status outside">
        {decision.data && (decision.data.says ?? deedSays(decision.data))}
      </p>
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="300">
            {group ? (
              <blockquote className="quote">{sentence(group.says || "no reason is known")}</blockquote>
            ) : (
              <Text as="p">Nothing of this group needs a decision any more.</Text>
            )}
            {group && (
              <InlineStack gap="300" blockAlign="center">
                <Text as="p">{count(here.length, "delivery", "deliveries")} chosen</Text>
                {here.length > 0 && (
                  <Decide
                    fields={{}}
                    chosen={here.map(({ id }) => id)}
                    state={of.state}
                    vendor={vendor}
                    replayable={here.some(({ replayable }) => replayable)}
                    decision={decision}
                  />
                )}
              </InlineStack>
            )}
          </BlockStack>
        </Card>
        {members.length > 0 && <MemberTable {...{ members, chosen, choose, now }} />}
        <nav aria-label="Pages of deliveries" className="outside">
          <InlineStack gap="400" align="center">
            {!first && <Link url={page("")}>The newest</Link>}
            {older && <Link url={page(older)}>Older ones</Link>}
          </InlineStack>
        </nav>
      </BlockStack>
    </Page>
  );
}
