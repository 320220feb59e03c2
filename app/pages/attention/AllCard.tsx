// One decision about all that needs a person, in all groups at once.
import { Card, InlineStack, Text } from "@shopify/polaris";
import { Confirm } from "../Confirm.tsx";
import { count } from "../money.ts";
import type { Decision } from "./Decide.tsx";

interface Props {
  groups: number;
  deliveries: number;
  /** Of them may have arrived. */
  unknown: number;
  decision: Decision;
}

export function AllCard({ groups, deliveries, unknown, decision }: Props) {
  const all = count(deliveries, "delivery", "deliveries");
  const form = decision.state === "idle" ? undefined : decision.formData;
  const asked = (intent: string) => form?.get("intent") === intent && form.has("all");
  const ask = (intent: string) => decision.submit({ intent, all: "yes" }, { method: "post" });
  const twice = `${unknown.toLocaleString("en")} of them may have arrived already: a vendor that can be asked is asked first, elsewhere they may count twice.`;
  return (
    <Card>
      <InlineStack gap="400" align="space-between" blockAlign="center">
        <Text as="p">
          {all} in {groups.toLocaleString("en")} groups.
        </Text>
        <InlineStack gap="300">
          <Confirm
            label="Send all again"
            title={`Send ${all} again?`}
            says={`What a vendor does not take any more stays here. ${unknown > 0 ? twice : "No vendor counts one of them twice."}`}
            loading={asked("replay")}
            onConfirm={() => ask("replay")}
          />
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
