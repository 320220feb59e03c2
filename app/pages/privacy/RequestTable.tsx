// What was asked about people: by whom, when, and what became of it here and at the vendors.
import type { SerializeFrom } from "@remix-run/node";
import { Button, Card, Text } from "@shopify/polaris";
import { useState } from "react";
import type { ErasureLine } from "../../delivery/erasure/record.ts";
import type { DataRequestLine } from "../../delivery/people/data-requests.ts";
import { count } from "../money.ts";
import { AtVendors } from "../settings/AtVendors.tsx";
import { Clock } from "../time.tsx";
import { download } from "./download.ts";

type Erasure = SerializeFrom<ErasureLine>;
type DataRequest = SerializeFrom<DataRequestLine>;
interface Props {
  erasures: Erasure[];
  dataRequests: DataRequest[];
}

export function RequestTable({ erasures, dataRequests }: Props) {
  const lines = [
    ...erasures.map((one) => ({ at: one.askedAt, line: <ErasureRow key={`erasure ${one.id}`} one={one} /> })),
    ...dataRequests.map((one) => ({ at: one.askedAt, line: <DataRow key={`data ${one.id}`} one={one} /> })),
  ].toSorted((one, other) => (one.at < other.at ? 1 : -1));
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          Requests
        </Text>
        <Text as="p" tone="subdued">
          {lines.length === 0
            ? "Nobody asked for anything yet."
            : "Nobody is named here but by Shopify’s own number. A line is kept for a year."}
        </Text>
      </div>
      {lines.length > 0 && (
        <table className="lines states told" aria-label="Requests">
          <thead>
            <tr>
              <th scope="col">Who</th>
              <th scope="col">Asked for</th>
              <th scope="col">What became of it</th>
            </tr>
          </thead>
          <tbody>{lines.map(({ line }) => line)}</tbody>
        </table>
      )}
    </Card>
  );
}

const whoIs = ({ customerId, nobody }: { customerId: string | null; nobody: boolean }) =>
  nobody ? "Nobody was named" : customerId ? `Customer ${customerId}` : "A person without an id";

function ErasureRow({ one }: { one: Erasure }) {
  return (
    <tr>
      <th scope="row">{whoIs(one)}</th>
      <td data-label="Asked for">
        To be erased
        <small>
          {one.by === "shopify" ? "by Shopify" : "by hand"}, <Clock at={one.askedAt} />
        </small>
      </td>
      <td data-label="What became of it">
        {one.nobody ? "There was nothing to do." : <Erased doneAt={one.doneAt} />}
        {one.vendors.length > 0 && <AtVendors forgotten={one.vendors} />}
      </td>
    </tr>
  );
}

const Erased = ({ doneAt }: { doneAt: string | null }) =>
  doneAt ? (
    <>
      Erased here, <Clock at={doneAt} />.
    </>
  ) : (
    <>Under way; it goes on by itself.</>
  );

function DataRow({ one }: { one: DataRequest }) {
  return (
    <tr>
      <th scope="row">{whoIs(one)}</th>
      <td data-label="Asked for">
        What is held about them
        <small>
          by Shopify, <Clock at={one.askedAt} />
        </small>
      </td>
      <td data-label="What became of it">
        {one.holds && <p>{held(one.holds)}</p>}
        <File one={one} />
      </td>
    </tr>
  );
}

function held({ orders, events, deliveries, remembered, webhooks }: NonNullable<DataRequest["holds"]>): string {
  if (events + remembered + webhooks === 0) return "Nothing is held about them.";
  const parts = [count(orders, "order"), count(events, "event"), count(deliveries, "delivery", "deliveries")];
  return `${parts.join(", ")}, and ${count(webhooks, "webhook")} of Shopify’s.`;
}

function File({ one: { id, nobody, until, erasedAt } }: { one: DataRequest }) {
  const [says, say] = useState<string | null>(null);
  const [loading, setLoading] = useState(false);
  if (nobody) return <p>There was nothing to do.</p>;
  if (erasedAt)
    return (
      <p>
        The file was erased with the person, <Clock at={erasedAt} />.
      </p>
    );
  if (!until) return <p>The thirty days in which the file could be downloaded are over.</p>;
  const fetchIt = async () => {
    setLoading(true);
    say(await download(`/app/data-requests/${id}`, `data-request-${id}.json`));
    setLoading(false);
  };
  return (
    <>
      <Button onClick={fetchIt} loading={loading} accessibilityLabel={`Download the file of request ${id}`}>
        Download
      </Button>
      <small>
        until <Clock at={until} />
      </small>
      <span aria-live="polite">{says}</span>
    </>
  );
}
