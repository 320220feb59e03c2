// The search over everything that happened, and its filters.
import { Form } from "@remix-run/react";
import { Button, Card, Link, Select, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Reason } from "../../base/reason.ts";
import { useReason } from "../texts/telling.ts";
import { sentence, useWords } from "../words.ts";
import type { Asked } from "./read-wanted.ts";

interface Props {
  asked: Asked;
  connections: { id: string; name: string; ended: boolean }[];
  kinds: string[];
  states: readonly string[];
  reasons: Reason[];
  busy: boolean;
}

export function SearchForm({ asked, connections, kinds, states, reasons, busy }: Props) {
  const { t } = useTranslation("activity");
  const [now, setNow] = useState(asked);
  const set = (name: keyof Asked) => (text: string) => setNow((before) => ({ ...before, [name]: text }));
  const words = useWords();
  const tell = useReason();
  const known = reasons.some(({ code }) => code === asked.reason) || asked.reason === "";
  const choices = {
    connection: connections.map(({ id, name, ended }) => ({ value: id, label: ended ? t("ended", { name }) : name })),
    kind: kinds.map((kind) => ({ value: kind, label: words.kind(kind) })),
    state: states.map((state) => ({ value: state, label: words.delivery(state).word })),
    reason: [
      ...reasons.map((reason) => ({ value: reason.code, label: sentence(tell(reason)) })),
      ...(known ? [] : [{ value: asked.reason, label: asked.reason }]),
    ],
  };
  return (
    <Card>
      <Form method="get" className="activity-form" role="search">
        <div className="activity-search">
          <TextField
            name="q"
            label={t("form.search")}
            helpText={t("form.help")}
            value={now.q}
            onChange={set("q")}
            autoComplete="off"
            type="search"
          />
        </div>
        {(["connection", "kind", "state", "reason"] as const).map((name) => (
          <Select
            key={name}
            name={name}
            label={t(`form.${name}`)}
            options={[{ value: "", label: t("form.all") }, ...choices[name]]}
            value={now[name]}
            onChange={set(name)}
          />
        ))}
        <TextField
          type="date"
          name="from"
          label={t("form.from")}
          value={now.from}
          onChange={set("from")}
          autoComplete="off"
        />
        <TextField type="date" name="to" label={t("form.to")} value={now.to} onChange={set("to")} autoComplete="off" />
        <div className="activity-buttons">
          <Button submit loading={busy}>
            {t("form.show")}
          </Button>
          <Link url="/app/activity">{t("form.everything")}</Link>
        </div>
      </Form>
    </Card>
  );
}
