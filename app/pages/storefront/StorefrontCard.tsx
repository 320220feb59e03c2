// What runs in the shop's own pages: the web pixel with its switch, the theme app embed, and how many visitors they made known.
import { useFetcher } from "@remix-run/react";
import { Badge, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { VisitorsKnown } from "../../delivery/ledger/visitors-known.ts";
import type { PixelState } from "../../shopify/pixel.ts";
import { Confirm } from "../Confirm.tsx";
import { useFormats } from "../formats.ts";
import { useReason } from "../texts/telling.ts";
import { sentence } from "../words.ts";

interface Props {
  pixel: PixelState;
  visitors: VisitorsKnown;
  /** The theme editor's address; null in the sandbox, whose shop has no theme. */
  editor: string | null;
  /** Is the theme app embed on; null: nobody knows. */
  embed: boolean | null;
}

export function StorefrontCard({ pixel, visitors, editor, embed }: Props) {
  const { t } = useTranslation("storefront");
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          {t("card.title")}
        </Text>
      </div>
      <Pixel pixel={pixel} />
      <Part
        name={t("card.embed")}
        badge={embed === null || !editor ? null : <OnBadge on={embed} />}
        says={editor ? t("card.embedSays") : t("card.noTheme")}
        action={
          editor ? (
            <Button url={editor} external>
              {t("card.openEditor")}
            </Button>
          ) : null
        }
      >
        {editor && embed === null && (
          <Text as="span" tone="subdued">
            {t("card.unknown")}
          </Text>
        )}
      </Part>
      <Visitors visitors={visitors} />
    </Card>
  );
}

function Pixel({ pixel }: Pick<Props, "pixel">) {
  const { t } = useTranslation("storefront");
  const tell = useReason();
  const fetcher = useFetcher<{ pixel?: PixelState }>();
  // Whether Shopify let go of it is known to the answer only.
  const says = fetcher.data?.pixel?.says ?? pixel.says;
  const turn = (to: "on" | "off") =>
    fetcher.submit({ intent: "pixel", to }, { method: "post", action: "/app/settings" });
  return (
    <Part
      name={t("card.pixel")}
      badge={<OnBadge on={pixel.on} />}
      says={t("card.pixelSays")}
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

function OnBadge({ on }: { on: boolean }) {
  const { t } = useTranslation("storefront");
  return (
    <Badge tone={on ? "success" : undefined} progress={on ? "complete" : "incomplete"}>
      {on ? t("card.on") : t("card.off")}
    </Badge>
  );
}

interface SwitchProps {
  on: boolean;
  turn: (to: "on" | "off") => void;
  loading: boolean;
}

function PixelSwitch({ on, turn, loading }: SwitchProps) {
  const { t } = useTranslation("storefront");
  if (!on)
    return (
      <Button onClick={() => turn("on")} loading={loading}>
        {t("card.turnOn")}
      </Button>
    );
  return (
    <Confirm
      label={t("card.turnOff")}
      title={t("card.turnOffTitle")}
      says={t("card.turnOffSays")}
      loading={loading}
      onConfirm={() => turn("off")}
    />
  );
}

function Visitors({ visitors: { orders, known } }: Pick<Props, "visitors">) {
  const { t } = useTranslation("storefront");
  const { percent } = useFormats();
  const part = percent(orders > 0 ? Math.round((known * 100) / orders) : 0);
  const says = orders === 0 ? t("card.noVisitors") : t("card.known", { count: orders, known, percent: part });
  return <Part name={t("card.visitors")} says={says} action={null} />;
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
