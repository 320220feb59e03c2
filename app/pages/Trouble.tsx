// What is shown in place of a page that cannot be shown: a sentence, and where it may pass by itself, another try.
import { isRouteErrorResponse, useRouteError } from "@remix-run/react";
import { Banner, Link, Page } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useRefresh } from "./refresh.ts";

export function Trouble() {
  const { t } = useTranslation("shell");
  const error = useRouteError();
  const status = isRouteErrorResponse(error) ? error.status : 0;
  if (status === 404) return <Sentence title={t("trouble.noPage.title")} says={t("trouble.noPage.says")} />;
  if (status === 401 || status === 410)
    return <Sentence title={t("trouble.nobody.title")} says={t("trouble.nobody.says")} />;
  if (status === 400) return <Sentence title={t("trouble.notTaken.title")} says={t("trouble.notTaken.says")} />;
  return <Passing />;
}

function Passing() {
  const { t } = useTranslation("shell");
  useRefresh(4);
  return <Sentence title={t("trouble.passing.title")} says={t("trouble.passing.says")} />;
}

function Sentence({ title, says }: { title: string; says: string }) {
  const { t } = useTranslation("shell");
  return (
    <Page narrowWidth title={title}>
      <Banner tone="warning">
        <p>{says}</p>
        <Link url="/app">{t("trouble.toHome")}</Link>
      </Banner>
    </Page>
  );
}
