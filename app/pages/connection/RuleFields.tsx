// The merchant's choices for a connection: which orders count, what unknown consent means, which events it gets.
import { BlockStack, Checkbox, ChoiceList, Text } from "@shopify/polaris";
import { useState } from "react";
import type { ShopChannel } from "../../delivery/connections/channels.ts";
import type { Rules } from "../../delivery/connections/rules.ts";
import { kindWords } from "../words.ts";
import { Countries } from "./Countries.tsx";
import type { Sheet } from "./sheet.ts";

interface Props {
  sheet: Sheet;
  rules: Rules;
  errors: Record<string, string>;
}

export function RuleFields({ sheet, rules, errors, channels }: Props & { channels: ShopChannel[] }) {
  return (
    <BlockStack gap="500">
      {sheet.kinds.includes("order.placed") && (
        <Purchases rules={rules} channels={channels} error={errors["rules.countries"]} />
      )}
      {sheet.asksConsent && <Consent rules={rules} sheet={sheet} />}
      <Kinds sheet={sheet} rules={rules} error={errors["rules.kinds"]} />
    </BlockStack>
  );
}

function Purchases({ rules, channels, error }: { rules: Rules; channels: ShopChannel[]; error?: string }) {
  const [when, setWhen] = useState<string[]>([rules.purchaseWhen]);
  return (
    <BlockStack gap="400">
      <ChoiceList
        name="purchaseWhen"
        title="An order counts as a purchase"
        selected={when}
        onChange={setWhen}
        choices={[
          { value: "placed", label: "when it is placed" },
          {
            value: "paid",
            label: "when it is paid",
            helpText: "Orders placed before you change this keep the old rule.",
          },
        ]}
      />
      <BlockStack gap="100">
        <Text as="p">Beside the online shop, count</Text>
        <Switch name="countPos" label="orders of the point of sale" on={rules.countPos} />
        <Switch name="countSubscriptions" label="renewals of subscriptions" on={rules.countSubscriptions} />
      </BlockStack>
      <Channels rules={rules} channels={channels} />
      <Countries stored={rules.countries} error={error} />
    </BlockStack>
  );
}

/** As this shop's orders show them; one that is switched on stays in the list though no order shows it any more. */
function Channels({ rules, channels }: { rules: Rules; channels: ShopChannel[] }) {
  const [on, setOn] = useState<string[]>(rules.channels);
  const names = new Map([
    ...rules.channels.map((id) => [id, id] as const),
    ...channels.map(({ id, name }) => [id, name] as const),
  ]);
  if (names.size === 0) return null;
  return (
    <ChoiceList
      name="channels"
      title="Channels of others by which your orders come"
      allowMultiple
      selected={on}
      onChange={setOn}
      choices={[...names].map(([value, name]) => ({ value, label: `orders by ${name}` }))}
    />
  );
}

function Consent({ rules, sheet }: Omit<Props, "errors">) {
  const [choice, setChoice] = useState<string[]>([rules.unknownConsent]);
  return (
    <ChoiceList
      name="unknownConsent"
      title={`Where it is not known whether a visitor agreed to ${sheet.asksConsent}`}
      selected={choice}
      onChange={setChoice}
      choices={[
        {
          value: "without contact",
          label: "send the purchase without e-mail and phone",
          helpText: `${sheet.name} counts the order and its value. E-mail, phone, name and address stay here, so it joins fewer orders to people.`,
        },
        {
          value: "send",
          label: "send everything",
          helpText: `${sheet.name} gets the contact data too. Choose it if your shop needs no consent for this, or asks for it elsewhere.`,
        },
        {
          value: "skip",
          label: "send nothing",
          helpText: `Only visitors who agreed are told of. Shopify’s webhooks carry no consent, so without the web pixel that is nobody, and ${sheet.name} counts fewer orders than your shop.`,
        },
      ]}
    />
  );
}

function Kinds({ sheet, rules, error }: Omit<Props, "errors"> & { error?: string }) {
  const [ownApp, setOwnApp] = useState(rules.ownApp);
  const [on, setOn] = useState(sheet.kinds.filter((kind) => !rules.kindsOff.includes(kind as never)));
  const overlaps: string[] = sheet.ownApp?.overlaps ?? [];
  const answer = (active: boolean) => {
    setOwnApp(active);
    const others = on.filter((kind) => !overlaps.includes(kind));
    setOn(active ? others : sheet.kinds.filter((kind) => others.includes(kind) || overlaps.includes(kind)));
  };
  const helpText = (kind: string) =>
    ownApp && overlaps.includes(kind) ? `${sheet.name}’s own app sends these already.` : undefined;
  return (
    <BlockStack gap="400">
      {sheet.ownApp && (
        <Checkbox
          name="ownApp"
          label={sheet.ownApp.question}
          helpText="If it is, the events that it sends itself are switched off here, so that nothing counts twice."
          checked={ownApp}
          onChange={answer}
        />
      )}
      <ChoiceList
        name="kinds"
        title="Events it gets"
        error={error}
        allowMultiple
        selected={on}
        onChange={setOn}
        choices={sheet.kinds.map((kind) => ({ value: kind, label: kindWords(kind), helpText: helpText(kind) }))}
      />
    </BlockStack>
  );
}

function Switch({ name, label, on }: { name: string; label: string; on: boolean }) {
  const [checked, setChecked] = useState(on);
  return <Checkbox name={name} label={label} checked={checked} onChange={setChecked} />;
}
