// Settings of the shop as a whole: the web pixel, where alerts go, and the erasure of a person.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { visitorsKnown } from "../delivery/ledger/visitors-known.ts";
import { alertUrl, setAlertUrl } from "../delivery/upkeep/alert-url.ts";
import { readForm } from "../pages/form.ts";
import { AlertUrlCard } from "../pages/settings/AlertUrlCard.tsx";
import { type Erased, ErasureCard } from "../pages/settings/ErasureCard.tsx";
import { NO_ANSWER, orElse } from "../pages/steady.ts";
import { editorOf } from "../pages/storefront/editor.ts";
import { StorefrontCard } from "../pages/storefront/StorefrontCard.tsx";
import { forgetCustomer } from "../shopify/compliance.ts";
import { pixelState, switchPixel } from "../shopify/pixel.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { session } = await context.shopify.authenticate.admin(request);
  const { road, env } = context;
  const [pixel, visitors, alerts] = await Promise.all([
    pixelState(road, session.shop),
    visitorsKnown(road, session.shop),
    alertUrl(road, session.shop),
  ]);
  return { pixel, visitors, alerts, editor: editorOf(session.shop, env.SHOPIFY_API_KEY) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { session, admin } = await context.shopify.authenticate.admin(request);
  const { road, env } = context;
  const form = await readForm(request);
  const text = (name: string) => String(form.get(name) ?? "").trim();
  switch (form.get("intent")) {
    case "pixel": {
      const endpoint = `${env.SHOPIFY_APP_URL ?? `http://localhost:${env.PORT}`}/pixel`;
      const ask = { graphql: admin.graphql, endpoint };
      return { pixel: await switchPixel(road, session.shop, text("to") === "on", ask) };
    }
    case "alert url":
      return { alertUrlError: await setAlertUrl(road, session.shop, text("url")) };
    case "forget":
      return forget(text("customerId"), (id) => forgetCustomer(road, session.shop, id));
    default:
      throw new Response("This is not something the page can do.", { status: 400 });
  }
}

async function forget(typed: string, work: (id: string) => ReturnType<typeof forgetCustomer>): Promise<Erased> {
  if (!/^\d{1,25}$/.test(typed)) return { erasureError: "A customer’s id has digits only." };
  return { customerId: typed, forgotten: await work(typed) };
}

export const clientAction = orElse({ pixel: { says: NO_ANSWER }, alertUrlError: NO_ANSWER, erasureError: NO_ANSWER });

export default function Settings() {
  const { pixel, visitors, alerts, editor } = useLoaderData<typeof loader>();
  return (
    <Page title="Settings" backAction={{ content: "Home", url: "/app" }}>
      <BlockStack gap="400">
        <StorefrontCard pixel={pixel} visitors={visitors} editor={editor} />
        <AlertUrlCard stored={alerts} />
        <ErasureCard />
      </BlockStack>
    </Page>
  );
}
