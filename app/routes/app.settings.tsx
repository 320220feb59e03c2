// Settings of the shop as a whole: the web pixel, where alerts go, how long things are kept, and the erasure of a person.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { visitorsKnown } from "../delivery/ledger/visitors-known.ts";
import type { Road } from "../delivery/road.ts";
import { alertUrl, setAlertUrl } from "../delivery/upkeep/alert-url.ts";
import { CHOICES, keptBy, setKept } from "../delivery/upkeep/keep.ts";
import { readForm } from "../pages/form.ts";
import { AlertUrlCard } from "../pages/settings/AlertUrlCard.tsx";
import { CeilingCard } from "../pages/settings/CeilingCard.tsx";
import { type Erased, ErasureCard } from "../pages/settings/ErasureCard.tsx";
import { KeepCard } from "../pages/settings/KeepCard.tsx";
import { LacksCard } from "../pages/settings/LacksCard.tsx";
import { NO_ANSWER, orElse } from "../pages/steady.ts";
import { editorOf } from "../pages/storefront/editor.ts";
import { StorefrontCard } from "../pages/storefront/StorefrontCard.tsx";
import { type Graphql, openAsk } from "../shopify/asking.ts";
import { forgetCustomer, NobodyNamed } from "../shopify/compliance.ts";
import { pixelState, switchPixel } from "../shopify/pixel.ts";
import { pixelDay, setCeiling } from "../shopify/pixel-ceiling.ts";
import { lacksOf } from "../shopify/set-up.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const { road, env } = context;
  const [pixel, visitors, alerts, day, kept, lacks] = await Promise.all([
    pixelState(road, session.shop),
    visitorsKnown(road, session.shop),
    alertUrl(road, session.shop),
    pixelDay(road.db, session.shop, road.clock()),
    keptBy(road, session.shop),
    lacksOf(road, session.shop),
  ]);
  const editor = editorOf(session.shop, env.SHOPIFY_API_KEY);
  return { pixel, visitors, alerts, day, kept, choices: CHOICES, lacks, editor };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { session, admin } = await context.shopify.authenticate.admin(request);
  const { road, env } = context;
  const form = await readForm(request);
  const text = (name: string) => String(form.get(name) ?? "").trim();
  switch (form.get("intent")) {
    case "pixel": {
      const ask = openAsk(road, session.shop, async () => admin.graphql as Graphql);
      return {
        pixel: await switchPixel(road, session.shop, text("to") === "on", { ask, endpoint: `${env.appUrl}/pixel` }),
      };
    }
    case "pixel ceiling":
      return { ceilingError: await setCeiling(road.db, session.shop, text("daily")) };
    case "alert url":
      return { alertUrlError: await setAlertUrl(road, session.shop, text("url")) };
    case "keep": {
      const given = { bodies: text("bodies"), data: text("data"), attempts: text("attempts") };
      return { keepError: await setKept(road, session.shop, given) };
    }
    case "forget":
      return forget(road, session.shop, { customerId: text("customerId"), email: text("email"), phone: text("phone") });
    default:
      throw new Response("This is not something the page can do.", { status: 400 });
  }
}

async function forget(
  road: Road,
  shop: string,
  named: Record<"customerId" | "email" | "phone", string>,
): Promise<Erased> {
  try {
    const forgotten = await forgetCustomer(road, shop, named);
    return { who: named.customerId ? `Customer ${named.customerId}` : "The person", forgotten };
  } catch (error) {
    if (error instanceof NobodyNamed) return { erasureError: error.message };
    throw error;
  }
}

export const clientAction = orElse({
  pixel: { says: NO_ANSWER },
  ceilingError: NO_ANSWER,
  alertUrlError: NO_ANSWER,
  keepError: NO_ANSWER,
  erasureError: NO_ANSWER,
});

export default function Settings() {
  const { pixel, visitors, alerts, day, kept, choices, lacks, editor } = useLoaderData<typeof loader>();
  return (
    <Page title="Settings" backAction={{ content: "Home", url: "/app" }}>
      <BlockStack gap="400">
        <LacksCard lacks={lacks} />
        <StorefrontCard pixel={pixel} visitors={visitors} editor={editor} />
        <CeilingCard day={day} />
        <AlertUrlCard stored={alerts} />
        <KeepCard kept={kept} choices={choices} />
        <ErasureCard />
      </BlockStack>
    </Page>
  );
}
