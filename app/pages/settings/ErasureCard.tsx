// Erases a person, here and at each vendor that has a call for it, and says what became of it.
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, InlineError, Link, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import type { LookedUp } from "../../delivery/erasure/look-up.ts";
import type { Forgotten } from "../../delivery/erasure/told.ts";
import type { NobodyNamed } from "../../shopify/compliance.ts";
import { AtVendors } from "./AtVendors.tsx";
import { WhoIsErased } from "./WhoIsErased.tsx";

/** Why nobody was found. */
interface Wrong {
  wrong?: NobodyNamed["why"];
  noAnswer?: true;
}
export interface Erased extends Wrong {
  asked?: Asked;
  forgotten?: Forgotten[];
}

/** As it was typed. */
export type Asked = Record<"customerId" | "email" | "phone", string>;
export interface LookedAt extends Wrong {
  asked?: Asked;
  looked?: LookedUp;
}

/** Beside which field it is told. */
const AT = { notDigits: "customerId", noMail: "email", shortPhone: "phone", nobody: "customerId" } as const;

export function ErasureCard() {
  const { t } = useTranslation(["settings", "shell"]);
  const look = useFetcher<LookedAt>();
  const fetcher = useFetcher<Erased>();
  const [customerId, setId] = useState("");
  const [email, setEmail] = useState("");
  const [phone, setPhone] = useState("");
  const named = { customerId: customerId.trim(), email: email.trim(), phone: phone.trim() };
  const isOf = (asked: Asked | undefined) => JSON.stringify(asked) === JSON.stringify(named);
  /** Whoever types another is to be looked up anew. */
  const looked = isOf(look.data?.asked) ? look.data?.looked : undefined;
  const { asked, forgotten: done } = isOf(fetcher.data?.asked) ? (fetcher.data ?? {}) : {};
  /** After which look-up they were erased: what it showed of them is no more. */
  const [after, setAfter] = useState<LookedAt>();
  const forgotten = after === look.data ? done : undefined;
  const said = after === look.data ? fetcher.data : look.data;
  const wrong = isOf(said?.asked) ? said?.wrong : undefined;
  const erase = () => {
    setAfter(look.data);
    fetcher.submit({ intent: "forget", ...named }, { method: "post" });
  };
  const errorAt = (field: keyof Asked) => (wrong && AT[wrong] === field ? t(`erase.wrong.${wrong}`) : undefined);
  return (
    <Card>
      <BlockStack gap="400">
        <About />
        <TextField
          label={t("erase.customerId")}
          inputMode="numeric"
          helpText={t("erase.customerIdHelp")}
          value={customerId}
          onChange={setId}
          autoComplete="off"
          error={errorAt("customerId")}
        />
        <TextField
          label={t("erase.email")}
          helpText={t("erase.emailHelp")}
          value={email}
          onChange={setEmail}
          autoComplete="off"
          error={errorAt("email")}
        />
        <TextField
          label={t("erase.phone")}
          value={phone}
          onChange={setPhone}
          autoComplete="off"
          error={errorAt("phone")}
        />
        <div>
          <Button
            loading={look.state !== "idle"}
            onClick={() => look.submit({ intent: "look up person", ...named }, { method: "post" })}
          >
            {t("erase.lookUp")}
          </Button>
        </div>
        <div aria-live="polite">
          {said?.noAnswer && <InlineError message={t("shell:frame.noAnswer")} fieldID="erase" />}
          {looked && !forgotten && (
            <WhoIsErased
              looked={looked}
              byId={named.customerId !== ""}
              loading={fetcher.state !== "idle"}
              onErase={erase}
            />
          )}
        </div>
        <div aria-live="polite" className="live">
          {forgotten && (
            <BlockStack gap="300">
              <Text as="p">
                {asked?.customerId ? t("erase.done.customer", { id: asked.customerId }) : t("erase.done.person")}
              </Text>
              <AtVendors forgotten={forgotten} />
            </BlockStack>
          )}
        </div>
      </BlockStack>
    </Card>
  );
}

function About() {
  const { t } = useTranslation("settings");
  return (
    <BlockStack gap="200">
      <Text as="h2" variant="headingMd">
        {t("erase.title")}
      </Text>
      <Text as="p">{t("erase.about")}</Text>
      <Text as="p">
        <Trans ns="settings" i18nKey="erase.requests" components={{ a: <Link url="/app/privacy" /> }} />
      </Text>
    </BlockStack>
  );
}
