// Whom an erasure would be about: named and counted, or not known; only who is known can be erased.
import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Text } from "@shopify/polaris";
import type { LookedUp } from "../../delivery/erasure/look-up.ts";
import { Confirm } from "../Confirm.tsx";
import { count } from "../money.ts";

interface Props {
  looked: SerializeFrom<LookedUp>;
  /** They were asked for by a customer’s id. */
  byId: boolean;
  loading: boolean;
  onErase: () => void;
}

export function WhoIsErased({ looked, byId, loading, onErase }: Props) {
  if (looked.is === "order")
    return <Text as="p">This is the id of order {looked.name}, not of a customer. Nobody with this id is known.</Text>;
  if (looked.is === "not known")
    return (
      <Text as="p">Nobody with this {byId ? "id" : "address or number"} is known here. There is nothing to erase.</Text>
    );
  const who = whoIs(looked);
  return (
    <BlockStack gap="300" inlineAlign="start">
      <Text as="p" breakWord>
        {who} {looked.before && "They were erased before."}
      </Text>
      <Confirm
        label="Erase"
        title="Erase this person?"
        says={`${who} What is kept here of them beside ids and amounts is erased, and each vendor that has a call for it is told to erase them too. It cannot be undone.`}
        loading={loading}
        onConfirm={onErase}
      />
    </BlockStack>
  );
}

const MOST = 5;

/** "Customer 42 (anna@example.com): 2 orders (#1001, #1002). Told to ShopiMind." */
function whoIs({ customers, emails, orders, told }: Extract<Props["looked"], { is: "known" }>): string {
  const name = customers.length > 0 ? `Customer ${customers.join(" and ")}` : "A guest";
  const mails = emails.length > 0 ? ` (${emails.join(", ")})` : "";
  const shown = orders.length > MOST ? `${orders.slice(-MOST).join(", ")}, …` : orders.join(", ");
  const at = told.length > 0 ? `${told.join(", ")} ${told.length === 1 ? "knows" : "know"} them by an id.` : "";
  return `${name}${mails}: ${count(orders.length, "order")}${shown ? ` (${shown})` : ""}. ${at}`.trim();
}
