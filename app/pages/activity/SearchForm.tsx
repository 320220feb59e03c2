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

const FILTERS = ["connection", "kind", "state", "reason"] as const;
const DAYS = ["from", "to"] as const;

/** On a phone the filters are folded, until somebody wants them. */
export function SearchForm({ asked, connections, kinds, states, reasons, busy }: Props) {
  const { t } = useTranslation("activity");
  const [now, setNow] = useState(asked);
  const [open, setOpen] = useState(false);
  const set = [...FILTERS, ...DAYS].filter((name) => now[name] !== "");
  const change = (name: keyof Asked) => (text: string) => setNow((before) => ({ ...before, [name]: text }));
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
            onChange={change("q")}
            autoComplete="off"
            type="search"
          />
        </div>
        <div className="activity-fold">
          <Button
            disclosure={open ? "up" : "down"}
            ariaExpanded={open}
            ariaControls="activity-filters"
            onClick={() => setOpen(!open)}
          >
            {set.length === 0 ? t("form.filters") : t("form.filtersSet", { count: set.length })}
          </Button>
        </div>
        <div id="activity-filters" className={open ? "activity-filters" : "activity-filters folded"}>
          {FILTERS.map((name) => (
            <Select
              key={name}
              name={name}
              label={t(`form.${name}`)}
              options={[{ value: "", label: t("form.all") }, ...choices[name]]}
              value={now[name]}
              onChange={change(name)}
            />
          ))}
          {DAYS.map((name) => (
            <TextField
              key={name}
              type="date"
              name={name}
              label={t(`form.${name}`)}
              value={now[name]}
              onChange={change(name)}
              autoComplete="off"
            />
          ))}
        </div>
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
