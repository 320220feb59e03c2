// Whether personal data on a page is covered, and the way to see it.
import { InlineStack, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";

/** In a page's address. */
export const readPersonal = (request: Request): boolean => new URL(request.url).searchParams.get("personal") === "show";

export function Personal({ open, page }: { open: boolean; page: string }) {
  const { t } = useTranslation("story");
  return (
    <InlineStack gap="200">
      <Text as="span">{open ? t("personal.open") : t("personal.covered")}</Text>
      <Link url={open ? page : `${page}?personal=show`}>{open ? t("personal.cover") : t("personal.show")}</Link>
    </InlineStack>
  );
}
