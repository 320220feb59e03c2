// Who looked at what of a person, and when.
import type { SerializeFrom } from "@remix-run/node";
import { Card, Link, Text } from "@shopify/polaris";
import { Trans, useTranslation } from "react-i18next";
import type { LookLine } from "../../delivery/people/looks.ts";
import { Clock } from "../time.tsx";

type Look = SerializeFrom<LookLine>;

export function LookTable({ looks }: { looks: Look[] }) {
  const { t } = useTranslation("privacy");
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          {t("looks.title")}
        </Text>
        <Text as="p" tone="subdued">
          {looks.length === 0 ? t("looks.none") : t("looks.about")}
        </Text>
      </div>
      {looks.length > 0 && (
        <table className="lines states told" aria-label={t("looks.table")}>
          <thead>
            <tr>
              <th scope="col">{t("looks.user")}</th>
              <th scope="col">{t("looks.when")}</th>
              <th scope="col">{t("looks.what")}</th>
            </tr>
          </thead>
          <tbody>
            {looks.map((look) => (
              <tr key={look.id}>
                <th scope="row">{look.who}</th>
                <td data-label={t("looks.when")}>
                  <Clock at={look.at} />
                </td>
                <td data-label={t("looks.what")}>
                  <What look={look} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

const THINGS = ["customer", "order", "cart", "checkout", "visitor"] as const;

function What({ look: { what, of, about } }: { look: Look }) {
  const { t } = useTranslation("privacy");
  const [kind, id = ""] = about.split(":");
  const thing = THINGS.find((one) => one === kind);
  // By an address or a number that is not kept.
  const whom = thing ? t(`looks.whom.${thing}`, { id }) : t("looks.noId");
  if (what === "file") return <>{t("looks.file", { whom })}</>;
  const seen = what === "request" || what === "webhook" ? what : "delivery";
  const link = <Link url={seen === "webhook" ? `/app/events/${of}` : `/app/deliveries/${of}`} />;
  return <Trans ns="privacy" i18nKey={`looks.${seen}`} values={{ whom }} components={{ a: link }} />;
}
