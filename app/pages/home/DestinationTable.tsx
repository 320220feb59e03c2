// Each destination in a line: connected or not, what was delivered, what waits, what needs attention.
import { BlockStack, Button, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { type ConnectionState, shownState } from "../connection/state.ts";
import { ConnectionBadge } from "../DeliveryBadge.tsx";
import { useVendorWords } from "../texts/telling.ts";
import { Ago, span } from "../time.tsx";
import { deliveryWords, sentence } from "../words.ts";

interface Sheet {
  slug: string;
  name: string;
  about: string;
  deliveredAs: string;
}
interface Props {
  sheets: Sheet[];
  connections: ConnectionState[];
  now: string;
}

export function DestinationTable({ sheets, connections, now }: Props) {
  const of = ({ slug }: Sheet) => connections.filter((one) => one.destination === slug);
  const free = sheets.filter((sheet) => of(sheet).length === 0);
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          Destinations
        </Text>
      </div>
      {free.length < sheets.length && (
        <table className="lines states">
          <thead>
            <tr>
              <th scope="col">Destination</th>
              <th scope="col">Delivered</th>
              <th scope="col">Waiting</th>
              <th scope="col">Needs attention</th>
            </tr>
          </thead>
          <tbody>
            {sheets.flatMap((sheet) => of(sheet).map((one) => <Line key={one.id} sheet={sheet} one={one} now={now} />))}
          </tbody>
        </table>
      )}
      {free.map((sheet) => (
        <Free key={sheet.slug} sheet={sheet} />
      ))}
    </Card>
  );
}

function Free({ sheet }: { sheet: Sheet }) {
  const word = useVendorWords(sheet.slug);
  return (
    <div className="free">
      <BlockStack gap="050">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h3" variant="headingSm">
            {sheet.name}
          </Text>
          <Text as="span" tone="subdued">
            Not connected
          </Text>
        </InlineStack>
        <Text as="p" tone="subdued">
          {word("about", sheet.about)}
        </Text>
      </BlockStack>
      <Button url={`/app/${sheet.slug}`} accessibilityLabel={`Connect ${sheet.name}`}>
        Connect
      </Button>
    </div>
  );
}

function Line({ sheet, one, now }: { sheet: Sheet; one: ConnectionState; now: string }) {
  const waits = one.oldestDueAt ? Date.parse(now) - Date.parse(one.oldestDueAt) : 0;
  return (
    <tr>
      <Name one={one} now={now} />
      <td data-label={deliveryWords("delivered", sheet.deliveredAs).word}>
        {one.counts.delivered.toLocaleString("en")}
        {one.lastDeliveredAt && (
          <small>
            last <Ago at={one.lastDeliveredAt} now={now} />
          </small>
        )}
      </td>
      <td data-label="Waiting">
        {one.due.toLocaleString("en")}
        {one.due > 0 && waits > 0 && <small>oldest for {span(waits)}</small>}
      </td>
      <td data-label="Needs attention">
        {one.attention > 0 ? <Link url="/app/attention">{one.attention.toLocaleString("en")}</Link> : "0"}
      </td>
    </tr>
  );
}

function Name({ one, now }: { one: ConnectionState; now: string }) {
  return (
    <th scope="row">
      <InlineStack gap="200" blockAlign="center">
        <Link url={`/app/${one.destination}/${one.id}`} removeUnderline>
          {one.name}
        </Link>
        <ConnectionBadge state={shownState(one)} />
      </InlineStack>
      {one.reason && <small>{sentence(one.reason)}</small>}
      {one.lastError && (
        <small>
          Last error <Ago at={one.lastError.at} now={now} />: {sentence(one.lastError.says)}
        </small>
      )}
    </th>
  );
}
