// What a delivery is about, how its event came in, and its times.
import type { SerializeFrom } from "@remix-run/node";
import type { ReactNode } from "react";
import type { Story } from "../../delivery/ledger/story.ts";
import { Clock } from "../time.tsx";

const CAME = {
  shopify: (topic: string) => `Shopify’s webhook ${topic}`,
  reconciliation: () => "Found by reconciliation: Shopify had not told it",
  backfill: () => "Brought by the backfill",
};

export function DeliveryFacts({ story }: { story: SerializeFrom<Story> }) {
  const { subject, state, occurredAt, createdAt, deadlineAt, settledAt, webhook } = story;
  return (
    <dl className="facts times">
      <Fact name="About">{subject.replace(":", " ")}</Fact>
      <Fact name="Happened">
        <Clock at={occurredAt} />
      </Fact>
      {webhook && (
        <Fact name={CAME[webhook.origin](webhook.topic)}>
          <Clock at={webhook.receivedAt} />
        </Fact>
      )}
      {webhook && <Fact name="Its id">{webhook.webhookId}</Fact>}
      <Fact name="Owed since">
        <Clock at={createdAt} />
      </Fact>
      {state === "due" && (
        <Fact name="Is tried until">
          <Clock at={deadlineAt} />
        </Fact>
      )}
      {settledAt && (
        <Fact name="Settled">
          <Clock at={settledAt} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
