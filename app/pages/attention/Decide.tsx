// The two decisions there are: send again, which asks first where it may count twice; or dismiss.
import type { Fetcher } from "@remix-run/react";
import { Button } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { Confirm } from "../Confirm.tsx";

export type Decision = Fetcher & {
  submit: (fields: Record<string, string> | FormData, how: { method: "post"; action?: string }) => void;
};

export interface Vendor {
  name: string;
  /** It can be asked whether it has something; not for every kind of event. */
  asks: boolean;
}

interface Props {
  /** What it is about, as readWhich reads it. */
  fields: Record<string, string>;
  /** Or these deliveries. */
  chosen?: string[];
  state: string;
  vendor: Vendor;
  /** Can any of it be sent again? */
  replayable: boolean;
  decision: Decision;
}

export function Decide({ fields, chosen = [], state, vendor, replayable, decision }: Props) {
  const { t } = useTranslation("attention");
  const ask = (intent: string) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ intent, ...fields })) form.append(name, value);
    for (const id of chosen) form.append("delivery", id);
    decision.submit(form, { method: "post", action: "/app/attention" });
  };
  const form = decision.state === "idle" ? undefined : decision.formData;
  const asked = (intent: string) =>
    form?.get("intent") === intent && Object.entries(fields).every(([name, value]) => form.get(name) === value);
  return (
    <>
      {!replayable ? null : state === "unknown" ? (
        <Confirm
          label={t("decide.send")}
          title={t("decide.sendTitle")}
          says={t(vendor.asks ? "decide.twiceAsks" : "decide.twice", { vendor: vendor.name })}
          loading={asked("replay")}
          onConfirm={() => ask("replay")}
        />
      ) : (
        <Button onClick={() => ask("replay")} loading={asked("replay")}>
          {t("decide.send")}
        </Button>
      )}
      <Button onClick={() => ask("dismiss")} loading={asked("dismiss")}>
        {t("decide.dismiss")}
      </Button>
    </>
  );
}

/** Why there is no button to send again, in a sentence. @param it what is meant: "it" or "them". */
export function useWhyNot() {
  const { t } = useTranslation("attention");
  return (name: string, vendor: string, connectionState: string, it: "it" | "them"): string => {
    const why = connectionState === "disconnected" || connectionState === "off" ? connectionState : "over";
    return t(`whyNot.${why}.${it}`, { name, vendor });
  };
}
