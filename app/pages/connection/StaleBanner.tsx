// Somebody else saved the same form meanwhile: what changed, by whom, and the choice between theirs and mine.

import { useRouteLoaderData } from "@remix-run/react";
import { Banner, BlockStack, Button, InlineStack, List } from "@shopify/polaris";
import { Ago } from "../time.tsx";
import { whoDid } from "../who.ts";
import { changesOf, type Saved } from "./changes.ts";
import type { Sheet } from "./sheet.ts";

interface Props {
  sheet: Sheet;
  /** With what the form began, and what is stored now. */
  before: Saved;
  after: Saved & { saved: { by: string; at: string } | null };
  now: string;
  onTheirs: () => void;
  onMine: () => void;
}

export function StaleBanner({ sheet, before, after, now, onTheirs, onMine }: Props) {
  const me = (useRouteLoaderData("routes/app") as { user: string } | undefined)?.user ?? "";
  const changes = changesOf(sheet, before, after);
  const { saved } = after;
  return (
    <Banner tone="warning" title="These settings changed meanwhile">
      <BlockStack gap="200" inlineAlign="start">
        <p>
          {saved ? whoDid(saved.by, me) : "Somebody"} saved these settings {saved && <Ago at={saved.at} now={now} />}.
          What you typed is not stored yet.
        </p>
        <List>
          {changes.map((change) => (
            <List.Item key={change}>{change}</List.Item>
          ))}
        </List>
        <InlineStack gap="300">
          <Button onClick={onTheirs}>Show what is stored</Button>
          <Button onClick={onMine}>Save mine all the same</Button>
        </InlineStack>
      </BlockStack>
    </Banner>
  );
}
