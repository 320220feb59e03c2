// Which days to show: the usual spans in a click, or a first and a last day.
import { Form, Link } from "@remix-run/react";
import { Button, Card, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Asked, MOST_DAYS, SPANS } from "./range.ts";

export function RangeForm({ range, busy }: { range: Asked; busy: boolean }) {
  const { t } = useTranslation("figures");
  return (
    <Card>
      <div className="range">
        <nav aria-label={t("range.label")} className="spans">
          {SPANS.map((days) => (
            <Link key={days} to={`?days=${days}`} aria-current={range.days === days ? "true" : undefined}>
              {t("range.last", { days })}
            </Link>
          ))}
        </nav>
        <Days key={`${range.from} ${range.to}`} range={range} busy={busy} />
      </div>
    </Card>
  );
}

function Days({ range, busy }: { range: Asked; busy: boolean }) {
  const { t } = useTranslation("figures");
  const { error } = range;
  const [from, setFrom] = useState(range.from);
  const [to, setTo] = useState(range.to);
  return (
    <Form method="get" className="days">
      <TextField
        type="date"
        name="from"
        label={t("range.from")}
        value={from}
        onChange={setFrom}
        autoComplete="off"
        error={error ? t(`range.wrong.${error.is}`, { days: error.days, most: MOST_DAYS }) : undefined}
      />
      <TextField type="date" name="to" label={t("range.to")} value={to} onChange={setTo} autoComplete="off" />
      <Button submit loading={busy}>
        {t("range.show")}
      </Button>
    </Form>
  );
}
