// Settings of the shop as a whole: the web pixel, where alerts go, how long things are kept, and the erasure of a person.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { visitorsKnown } from "../delivery/ledger/visitors-known.ts";
import type { Road } from "../delivery/road.ts";
import { type HowToSave, type ShopSetting, saveOfShop, shopSaved } from "../delivery/shop-saved.ts";
import { CHOICES, keptBy, setKept } from "../delivery/upkeep/keep.ts";
import { AlertsCard } from "../pages/alerts/AlertsCard.tsx";
import { alertDeed, alertSettings } from "../pages/alerts/deeds.ts";
import { readForm } from "../pages/form.ts";
import { CeilingCard } from "../pages/settings/CeilingCard.tsx";
import { type Asked, type Erased, ErasureCard, type LookedAt } from "../pages/settings/ErasureCard.tsx";
import { KeepCard } from "../pages/settings/KeepCard.tsx";
import { LacksCard } from "../pages/settings/LacksCard.tsx";
import { NO_ANSWER, orElse } from "../pages/steady.ts";
import { editorOf } from "../pages/storefront/editor.ts";
import { useEmbed } from "../pages/storefront/embed.ts";
import { StorefrontCard } from "../pages/storefront/StorefrontCard.tsx";
import { languageOf } from "../pages/texts/languages.ts";
import { type Graphql, openAsk } from "../shopify/asking.ts";
import { forgetCustomer, lookUpCustomer, NobodyNamed } from "../shopify/compliance.ts";
import { guideOf } from "../shopify/guide.ts";
import { localeOf } from "../shopify/locale-cookie.ts";
import { pixelState, switchPixel } from "../shopify/pixel.ts";
import { pixelDay, setCeiling } from "../shopify/pixel-ceiling.ts";
import { lacksOf } from "../shopify/set-up.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session, domain } = await context.shopify.authenticate.admin(request);
  const { road, env } = context;
  const [pixel, visitors, alerts, day, kept, lacks, saved, guide] = await Promise.all([
    pixelState(road, session.shop),
    visitorsKnown(road, session.shop),
    alertSettings(road, env, session.shop),
    pixelDay(road.db, session.shop, road.clock()),
    keptBy(road.db, session.shop),
    lacksOf(road, session.shop),
    shopSaved(road, session.shop),
    guideOf(road, session.shop),
  ]);
  const editor = editorOf(domain, env.SHOPIFY_API_KEY);
  return { pixel, visitors, alerts, day, kept, choices: CHOICES, lacks, saved, editor, embed: guide.embed };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { session, sessionToken, admin } = await context.shopify.authenticate.admin(request);
  const { road, env } = context;
  const form = await readForm(request);
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const { shop } = session;
  const language = languageOf(localeOf(request));
  const save = <Wrong, Now>(what: ShopSetting, how: HowToSave<Wrong, Now>) =>
    saveOfShop(road, shop, { what, was: text("was"), by: sessionToken.sub }, how);
  const intent = form.get("intent");
  switch (intent) {
    case "pixel": {
      const ask = openAsk(road, session.shop, async () => admin.graphql as Graphql);
      return {
        pixel: await switchPixel(road, session.shop, text("to") === "on", { ask, endpoint: `${env.appUrl}/pixel` }),
      };
    }
    case "pixel ceiling":
      return {
        notSaved: await save(intent, {
          write: () => setCeiling(road.db, shop, text("daily")),
          is: async () => (await pixelDay(road.db, shop, road.clock())).ceiling,
        }),
      };
    case "alert-url":
    case "alert-slack":
    case "alert-mail":
    case "alert-limits":
    case "alert-test":
      return { alertError: await alertDeed(road, env, shop, form, { by: sessionToken.sub, language }) };
    case "keep": {
      const given = { bodies: text("bodies"), data: text("data"), attempts: text("attempts") };
      return {
        notSaved: await save(intent, {
          write: () => setKept(road, shop, given),
          is: () => keptBy(road.db, shop),
        }),
      };
    }
    case "look up person":
      return lookUp(road, session.shop, {
        ...{ customerId: text("customerId"), email: text("email"), phone: text("phone") },
      });
    case "forget":
      return forget(road, session.shop, { customerId: text("customerId"), email: text("email"), phone: text("phone") });
    default:
      throw new Response("This is not something the page can do.", { status: 400 });
  }
}

async function lookUp(road: Road, shop: string, asked: Asked): Promise<LookedAt> {
  try {
    return { asked, looked: await lookUpCustomer(road, shop, asked) };
  } catch (error) {
    if (error instanceof NobodyNamed) return { asked, wrong: error.why };
    throw error;
  }
}

async function forget(road: Road, shop: string, named: Asked): Promise<Erased> {
  try {
    const forgotten = await forgetCustomer(road, shop, named);
    return { asked: named, forgotten };
  } catch (error) {
    if (error instanceof NobodyNamed) return { asked: named, wrong: error.why };
    throw error;
  }
}

export const clientAction = orElse({
  pixel: { says: NO_ANSWER },
  alertError: NO_ANSWER,
  noAnswer: true,
});

export default function Settings() {
  const { pixel, visitors, alerts, day, kept, choices, lacks, saved, editor, embed } = useLoaderData<typeof loader>();
  const isOn = useEmbed(embed);
  const { t } = useTranslation("shell");
  return (
    <Page title={t("nav.settings")} backAction={{ content: t("nav.home"), url: "/app" }}>
      <BlockStack gap="400">
        <LacksCard lacks={lacks} />
        <StorefrontCard {...{ pixel, visitors, editor }} embed={isOn} />
        <CeilingCard day={day} was={saved["pixel ceiling"]?.at ?? ""} />
        <AlertsCard {...alerts} saved={saved} />
        <KeepCard kept={kept} choices={choices} was={saved.keep?.at ?? ""} />
        <ErasureCard />
      </BlockStack>
    </Page>
  );
}
