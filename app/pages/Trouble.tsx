// What is shown in place of a page that cannot be shown: a sentence, and where it may pass by itself, another try.
import { isRouteErrorResponse, useRouteError } from "@remix-run/react";
import { Banner, Link, Page } from "@shopify/polaris";
import { useRefresh } from "./refresh.ts";

export function Trouble() {
  const error = useRouteError();
  const status = isRouteErrorResponse(error) ? error.status : 0;
  if (status === 404) return <Sentence title="There is no such page" says="It may have been removed." />;
  if (status === 401 || status === 410)
    return (
      <Sentence title="Shopify did not confirm who you are" says="Open Switchyard again from your Shopify admin." />
    );
  return <Passing />;
}

function Passing() {
  useRefresh(4);
  return (
    <Sentence
      title="Switchyard cannot show this page just now"
      says="Nothing is lost. This page tries again by itself every few seconds."
    />
  );
}

function Sentence({ title, says }: { title: string; says: string }) {
  return (
    <Page narrowWidth>
      <Banner title={title} tone="warning">
        <p>{says}</p>
        <Link url="/app">Go to Home</Link>
      </Banner>
    </Page>
  );
}
