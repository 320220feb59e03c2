// One decision about all groups at once.
import type { SerializeFrom } from "@remix-run/node";
import { Card, InlineStack, Text } from "@shopify/polaris";
import type { AttentionGroup } from "../../delivery/ledger/attention.ts";
import { Confirm } from "../Confirm.tsx";
import { count, inTotal, sums } from "../money.ts";
import type { Decision } from "./Decide.tsx";

interface Props {
  groups: SerializeFrom<AttentionGroup>[];
  decision: Decision;
}

export function AllCard({ groups, decision }: Props) {
  const sum = (of: SerializeFrom<AttentionGroup>[]) => of.reduce((all, group) => all + group.count, 0);
  const unknown = sum(groups.filter(({ state }) => state === "unknown"));
  const replayable = groups.reduce((all, group) => all + group.replayable, 0);
  const worth = inTotal(groups.flatMap((group) => group.worth));
  const all = count(sum(groups), "delivery", "deliveries");
  const form = decision.state === "idle" ? undefined : decision.formData;
  const asked = (intent: string) => form?.get("intent") === intent && form.has("all");
  const ask = (intent: string) => decision.submit({ intent, all: "yes" }, { method: "post" });
  const twice = `${unknown.toLocaleString("en")} of them may have arrived already: a vendor that can be asked is asked first, elsewhere they may count twice.`;
  return (
    <Card>
      <InlineStack gap="400" align="space-between" blockAlign="center">
        <Text as="p">
          {all} in {groups.length} groups{worth.length > 0 && `, worth ${sums(worth)}`}.
        </Text>
        <InlineStack gap="300">
          {replayable > 0 && (
            <Confirm
              label="Send all again"
              title={`Send ${count(replayable, "delivery", "deliveries")} again?`}
              says={`What a vendor does not take any more stays here. ${unknown > 0 ? twice : "No vendor counts one of them twice."}`}
              loading={asked("replay")}
              onConfirm={() => ask("replay")}
            />
          )}
          <Confirm
            label="Dismiss all"
            title={`Dismiss ${all}?`}
            says="They leave this list, and stay undelivered. It can be taken back."
            loading={asked("dismiss")}
            onConfirm={() => ask("dismiss")}
          />
        </InlineStack>
      </InlineStack>
    </Card>
  );
}
