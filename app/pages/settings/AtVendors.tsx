// What became of an erasure at each vendor.
import type { SerializeFrom } from "@remix-run/node";
import { Badge, type BadgeProps } from "@shopify/polaris";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Forgotten } from "../../delivery/erasure/told.ts";
import { useReason } from "../texts/telling.ts";
import { sentence } from "../words.ts";

type Told = SerializeFrom<Forgotten>;

const LOOKS: Record<
  Told["is"],
  Pick<BadgeProps, "tone" | "progress"> & { key: "done" | "failed" | "noCall" | "notConnected" }
> = {
  done: { key: "done", tone: "success", progress: "complete" },
  failed: { key: "failed", tone: "critical", progress: "incomplete" },
  "no such call": { key: "noCall", progress: "incomplete" },
  "not connected": { key: "notConnected", progress: "incomplete" },
};

export function AtVendors({ forgotten }: { forgotten: Told[] }) {
  const { t } = useTranslation("settings");
  const tell = useReason();
  return (
    <ul className="findings" aria-label={t("vendors.label")}>
      {forgotten.map((one) => {
        const { key, ...look } = LOOKS[one.is];
        return (
          <li key={one.connectionId}>
            <span>
              <Badge {...look}>{t(`vendors.${key}`)}</Badge>
            </span>
            <span>{inWords(one, t, tell)}</span>
          </li>
        );
      })}
    </ul>
  );
}

function inWords(
  { connectionName: name, is, reason }: Told,
  t: TFunction<"settings">,
  tell: ReturnType<typeof useReason>,
): string {
  const why = sentence(reason ? tell(reason) : t("vendors.says.noReason"));
  return t(`vendors.says.${LOOKS[is].key}`, { name, why });
}
