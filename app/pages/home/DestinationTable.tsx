// Each connection in a line: its state, what was delivered in a day and which share that is, what waits, what needs attention.
import { BlockStack, Button, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Day } from "../../delivery/ledger/day.ts";
import { type ConnectionState, shownState } from "../connection/state.ts";
import { ConnectionBadge } from "../DeliveryBadge.tsx";
import { useFormats } from "../formats.ts";
import { useReason, useVendorWords } from "../texts/telling.ts";
import { WithAgo } from "../time.tsx";
import { sentence } from "../words.ts";
import { DayCell } from "./DayCell.tsx";
import { useTooLittle } from "./day.ts";
import { oldest, pageOf } from "./waits.ts";

interface Sheet {
  slug: string;
  name: string;
  about: string;
}
interface Props {
  sheets: Sheet[];
  connections: ConnectionState[];
  day: Day;
  now: string;
}

export function DestinationTable({ sheets, connections, day, now }: Props) {
  const { t } = useTranslation("home");
  const of = ({ slug }: Sheet) => connections.filter((one) => one.destination === slug);
  const free = sheets.filter((sheet) => of(sheet).length === 0);
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          {t("destinations.title")}
        </Text>
      </div>
      {free.length < sheets.length && (
        <table className="lines states">
          <thead>
            <tr>
              <th scope="col">{t("destinations.destination")}</th>
              <th scope="col">{t("destinations.day")}</th>
              <th scope="col">{t("destinations.waiting")}</th>
              <th scope="col">{t("destinations.attention")}</th>
            </tr>
          </thead>
          <tbody>
            {sheets.flatMap((sheet) =>
              of(sheet).map((one) => <Line key={one.id} one={one} day={day.connections[one.id]} now={now} />),
            )}
          </tbody>
        </table>
      )}
      {free.map((sheet) => (
        <Free key={sheet.slug} sheet={sheet} />
      ))}
    </Card>
  );
}

function Free({ sheet: { slug, name, about } }: { sheet: Sheet }) {
  const { t } = useTranslation("home");
  const word = useVendorWords(slug);
  return (
    <div className="free">
      <BlockStack gap="050">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h3" variant="headingSm">
            {name}
          </Text>
          <Text as="span" tone="subdued">
            {t("destinations.notConnected")}
          </Text>
        </InlineStack>
        <Text as="p" tone="subdued">
          {word("about", about)}
        </Text>
      </BlockStack>
      <Button url={`/app/${slug}`} accessibilityLabel={t("destinations.connectOf", { name })}>
        {t("destinations.connect")}
      </Button>
    </div>
  );
}

function Line({ one, day, now }: { one: ConnectionState; day: Day["connections"][string] | undefined; now: string }) {
  const { t } = useTranslation("home");
  const { number, span, sums } = useFormats();
  const { id, name, due, dueWorth, attention } = one;
  const waits = oldest(one, now);
  return (
    <tr>
      <Name one={one} now={now} />
      <DayCell one={one} day={day} now={now} />
      <td data-label={t("destinations.waiting")}>
        {number(due)}
        {due > 0 && waits > 0 && <small>{t("destinations.oldest", { span: span(waits) })}</small>}
        {dueWorth.length > 0 && <small>{t("destinations.worth", { worth: sums(dueWorth) })}</small>}
      </td>
      <td data-label={t("destinations.attention")}>
        {attention > 0 ? (
          <Link
            url={`/app/attention?connection=${id}`}
            accessibilityLabel={t("destinations.decide", { count: attention, name })}
          >
            {number(attention)}
          </Link>
        ) : (
          number(0)
        )}
      </td>
    </tr>
  );
}

function Name({ one, now }: { one: ConnectionState; now: string }) {
  const { t } = useTranslation("home");
  const tell = useReason();
  const tooLittle = useTooLittle()(one);
  return (
    <th scope="row">
      <InlineStack gap="200" blockAlign="center">
        <Link url={pageOf(one)} removeUnderline>
          {one.name}
        </Link>
        <ConnectionBadge state={shownState(one)} />
      </InlineStack>
      {one.reason && <small>{sentence(tell(one.reason))}</small>}
      {tooLittle && <small>{tooLittle}</small>}
      {one.lastError && (
        <small>
          <WithAgo
            text={t("destinations.lastError", { says: sentence(tell(one.lastError.says)) })}
            at={one.lastError.at}
            now={now}
          />
        </small>
      )}
    </th>
  );
}
