// Which days to show: the usual spans in a click, or a first and a last day.
import { Form, Link } from "@remix-run/react";
import { Button, Card, TextField } from "@shopify/polaris";
import { useState } from "react";
import { type Asked, SPANS } from "./range.ts";

export function RangeForm({ range, busy }: { range: Asked; busy: boolean }) {
  return (
    <Card>
      <div className="range">
        <nav aria-label="Days shown" className="spans">
          {SPANS.map((days) => (
            <Link key={days} to={`?days=${days}`} aria-current={range.days === days ? "true" : undefined}>
              Last {days} days
            </Link>
          ))}
        </nav>
        <Days key={`${range.from} ${range.to}`} range={range} busy={busy} />
      </div>
    </Card>
  );
}

function Days({ range, busy }: { range: Asked; busy: boolean }) {
  const [from, setFrom] = useState(range.from);
  const [to, setTo] = useState(range.to);
  return (
    <Form method="get" className="days">
      <TextField
        type="date"
        name="from"
        label="From"
        value={from}
        onChange={setFrom}
        autoComplete="off"
        error={range.error ?? undefined}
      />
      <TextField type="date" name="to" label="To" value={to} onChange={setTo} autoComplete="off" />
      <Button submit loading={busy}>
        Show
      </Button>
    </Form>
  );
}
