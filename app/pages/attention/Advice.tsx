// What to do about a group, in a sentence, with the button that does it.
import { Button, InlineStack, Text } from "@shopify/polaris";
import type { AdviceClass } from "./advice.ts";
import type { Vendor } from "./Decide.tsx";

interface Props {
  advice: AdviceClass;
  vendor: Vendor;
  /** Of the connection. */
  name: string;
  /** The connection's page; null: it is no more. */
  page: string | null;
  /** Of one of the deliveries. */
  sampleId: string | undefined;
}

export function Advice({ advice, vendor, name, page, sampleId }: Props) {
  const url = LEADS[advice] === "proof" ? sampleId && `/app/deliveries/${sampleId}` : page;
  const label = LEADS[advice] === "proof" ? "See what was sent and answered" : `Open ${name}`;
  return (
    <InlineStack gap="300" blockAlign="center">
      <Text as="p">{SAYS[advice](vendor)}</Text>
      {LEADS[advice] && url && <Button url={url}>{label}</Button>}
    </InlineStack>
  );
}

/** Where the button leads; null: sending again is all there is to do. */
const LEADS: Record<AdviceClass, "connection" | "proof" | null> = {
  ...{ key: "connection", permission: "connection", plan: "connection", definition: "proof", data: "proof" },
  ...{ app: "proof", late: null, doubt: null, other: "proof" },
};

const SAYS: Record<AdviceClass, (vendor: Vendor) => string> = {
  key: ({ name }) => `${name} does not accept the key. Make a new one there, enter it here, then send again.`,
  permission: ({ name }) =>
    `Ask ${name} to give your key the permission that it names, or make a key there that has it. Then send again.`,
  plan: ({ name }) => `Your plan at ${name}, or its quota, does not allow it. Change the plan there, then send again.`,
  definition: ({ name }) => `Define at ${name} what it does not know, then send again.`,
  data: ({ name }) =>
    `Mend what ${name} names, then send again. What you dismiss stays undelivered. If you cannot tell what it means, show ${name} the request and its answer.`,
  app: () => "Switchyard could not put it into the vendor’s words. Send it again after an update of the app.",
  other: ({ name }) => `Mend what ${name} names, then send again. What you dismiss stays undelivered.`,
  doubt: ({ name, asks }) =>
    asks
      ? `They may have arrived, and ${name} could not tell whether it has them. “Send again” asks it once more, and sends what it does not have.`
      : `They may have arrived, and ${name} cannot be asked. Look there whether it has them: sent again, what did arrive may count twice.`,
  late: ({ name }) => `They waited too long. They can be sent again only while ${name} still takes them.`,
};
