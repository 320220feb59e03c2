// What a preview can be made of: the shop's latest events, those of an order, and a sample of each kind.
import { BlockStack, Button, Select, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useName } from "../activity/about.ts";
import { useFormats } from "../formats.ts";
import { useZone } from "../time.tsx";
import { useWords } from "../words.ts";

export interface EventLine {
  id: string;
  kind: string;
  subject: string;
  name: string | null;
  occurredAt: string;
}
interface Props {
  /** That the destination takes. */
  kinds: string[];
  events: EventLine[];
  /** "event:" and a number, or "sample:" and a kind. */
  chosen: string;
  onChange: (which: string) => void;
  /** By an order's name; "": the latest. */
  find: (order: string) => void;
  finding: boolean;
}

export function ChooseEvent({ kinds, events, chosen, onChange, find, finding }: Props) {
  const { t } = useTranslation("preview");
  const { kind: kindWords } = useWords();
  const { clock } = useFormats();
  const nameOf = useName();
  const zone = useZone();
  const [order, setOrder] = useState("");
  const real = events.map((event) => ({
    value: `event:${event.id}`,
    label: t("card.line", {
      ...{ kind: kindWords(event.kind), about: nameOf(event), when: clock(zone, event.occurredAt) },
    }),
  }));
  const samples = kinds.map((kind) => ({
    value: `sample:${kind}`,
    label: t("card.sample", { kind: kindWords(kind) }),
  }));
  const groups = [
    ...(real.length > 0 ? [{ title: t("card.real"), options: real }] : []),
    { title: t("card.samples"), options: samples },
  ];
  return (
    <BlockStack gap="400">
      <TextField
        label={t("card.order")}
        value={order}
        onChange={setOrder}
        maxLength={100}
        autoComplete="off"
        connectedRight={
          <Button onClick={() => find(order)} loading={finding}>
            {t("card.find")}
          </Button>
        }
        error={order && !finding && events.length === 0 ? t("card.noOrder") : undefined}
      />
      <Select label={t("card.event")} options={groups} value={chosen} onChange={onChange} />
    </BlockStack>
  );
}
