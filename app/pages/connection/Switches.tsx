// The switch of a connection: on, paused, off, disconnected.
import { useActionData, useFetcher, useNavigation, useSubmit } from "@remix-run/react";
import { Button, InlineStack } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Reason } from "../../base/reason.ts";
import { Confirm } from "../Confirm.tsx";
import { useTold } from "../texts/telling.ts";
import type { ConnectionState } from "./state.ts";

interface Answer {
  errors?: { form?: Reason };
}

export function Switches({ connection, vendor }: { connection: ConnectionState; vendor: string }) {
  const { t } = useTranslation("connection");
  const fetcher = useFetcher<Answer>();
  const { id, name, state, due } = connection;
  const [switched, left] = useTold([fetcher.data, useActionData<Answer>()]);
  const wrong = switched?.errors?.form ?? left?.errors?.form;
  // By way of the page itself: where a refresh finds it gone meanwhile, this card is gone, too.
  const submit = useSubmit();
  const disconnecting = useNavigation().formData?.get("intent") === "disconnect";
  const ask = (to: string) => fetcher.submit({ intent: "switch", id, to }, { method: "post" });
  const asked = (to: string) => fetcher.state !== "idle" && fetcher.formData?.get("to") === to;
  const says = (what: "off" | "disconnect") =>
    due > 0 ? t(`switches.${what}.says`, { vendor, count: due }) : t(`switches.${what}.nothing`, { vendor });
  return (
    <InlineStack gap="300">
      {state !== "on" && (
        <Button onClick={() => ask("on")} loading={asked("on")}>
          {t("switches.on")}
        </Button>
      )}
      {state === "on" && (
        <Button onClick={() => ask("paused")} loading={asked("paused")}>
          {t("switches.pause")}
        </Button>
      )}
      {state !== "off" && (
        <Confirm
          label={t("switches.off.label")}
          title={t("switches.off.title", { name })}
          says={says("off")}
          loading={asked("off")}
          onConfirm={() => ask("off")}
        />
      )}
      <Confirm
        label={t("switches.disconnect.label")}
        title={t("switches.disconnect.title", { name })}
        says={says("disconnect")}
        loading={disconnecting}
        onConfirm={() => submit({ intent: "disconnect", id }, { method: "post" })}
      />
      {wrong && <p role="alert">{wrong}</p>}
    </InlineStack>
  );
}
