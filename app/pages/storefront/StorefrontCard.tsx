// What runs in the shop's own pages: the web pixel with its switch, the theme app embed, and how many visitors they made known.
import { useFetcher } from "@remix-run/react";
import { Badge, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { Reason } from "../../base/reason.ts";
import type { VisitorsKnown } from "../../delivery/ledger/visitors-known.ts";
import { Confirm } from "../Confirm.tsx";
import { count } from "../money.ts";
import { useReason } from "../texts/telling.ts";
import { sentence } from "../words.ts";

interface Props {
  pixel: { on: boolean; says: Reason | string | null };
  visitors: VisitorsKnown;
  /** The theme editor's address; null in the sandbox, whose shop has no theme. */
  editor: string | null;
}

export function StorefrontCard({ pixel, visitors, editor }: Props) {
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          In your shop’s pages
        </Text>
      </div>
      <Pixel pixel={pixel} />
      <Part
        name="Theme app embed"
        says="It keeps for 30 days, after consent, by which click a visitor came, and writes it into the cart. Without it no order has a Prisjakt click id."
        action={
          editor ? (
            <Button url={editor} external>
              Open the theme editor
            </Button>
          ) : null
        }
      >
        <Text as="span" tone="subdued">
          {editor
            ? "Shopify does not tell an app whether it is on; the theme editor does."
            : "The sandbox has no theme."}
        </Text>
      </Part>
      <Visitors visitors={visitors} />
    </Card>
  );
}

function Pixel({ pixel }: Pick<Props, "pixel">) {
  const fetcher = useFetcher<{ pixel?: Props["pixel"] }>();
  const tell = useReason();
  // Whether Shopify let go of it is known to the answer only.
  const says = fetcher.data?.pixel?.says ?? pixel.says;
  const turn = (to: "on" | "off") =>
    fetcher.submit({ intent: "pixel", to }, { method: "post", action: "/app/settings" });
  return (
    <Part
      name="Web pixel"
      badge={<PixelBadge on={pixel.on} />}
      says="It tells which pages, products and searches a visitor sees and what they consent to, so that a purchase can be joined to its visit."
      action={<PixelSwitch on={pixel.on} turn={turn} loading={fetcher.state !== "idle"} />}
    >
      {says && (
        <Text as="span" tone="critical">
          {sentence(tell(says))}
        </Text>
      )}
    </Part>
  );
}

const PixelBadge = ({ on }: { on: boolean }) => (
  <Badge tone={on ? "success" : undefined} progress={on ? "complete" : "incomplete"}>
    {on ? "On" : "Off"}
  </Badge>
);

interface SwitchProps {
  on: boolean;
  turn: (to: "on" | "off") => void;
  loading: boolean;
}

function PixelSwitch({ on, turn, loading }: SwitchProps) {
  if (!on)
    return (
      <Button onClick={() => turn("on")} loading={loading}>
        Turn the pixel on
      </Button>
    );
  return (
    <Confirm
      label="Turn the pixel off"
      title="Turn the web pixel off?"
      says="Pages viewed, products viewed and searches are no longer told to any destination, and most purchases have no visit to be joined to. Purchases themselves go on."
      loading={loading}
      onConfirm={() => turn("off")}
    />
  );
}

function Visitors({ visitors: { orders, known } }: Pick<Props, "visitors">) {
  const says =
    orders === 0
      ? "How many buyers could be joined to their visit is shown here after the first order."
      : `Of ${count(orders, "order")} the buyer’s visit is known for ${known.toLocaleString("en")} (${Math.round((known / orders) * 100)} %). For the others, a destination that asks for a visitor gets a pseudonym made of the cart or the customer.`;
  return <Part name="Visitors" says={says} action={null} />;
}

interface PartProps {
  name: string;
  badge?: ReactNode;
  says: string;
  action: ReactNode;
  children?: ReactNode;
}

function Part({ name, badge, says, action, children }: PartProps) {
  return (
    <div className="free">
      <BlockStack gap="050">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h3" variant="headingSm">
            {name}
          </Text>
          {badge}
        </InlineStack>
        <Text as="p" tone="subdued">
          {says}
        </Text>
        {children}
      </BlockStack>
      {action}
    </div>
  );
}
