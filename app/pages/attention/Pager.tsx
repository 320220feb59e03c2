// From one page of groups to the next.
import { useSearchParams } from "@remix-run/react";
import { InlineStack, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";

export function Pager({ page, pages }: { page: number; pages: number }) {
  const { t } = useTranslation("attention");
  const [params] = useSearchParams();
  const to = (number: number) => {
    const next = new URLSearchParams(params);
    next.set("page", String(number));
    return `/app/attention?${next}`;
  };
  return (
    <nav aria-label={t("pager.label")} className="outside">
      <InlineStack gap="400" align="center" blockAlign="center">
        {page > 1 && <Link url={to(page - 1)}>{t("pager.larger")}</Link>}
        <Text as="span" tone="subdued">
          {t("pager.page", { page, pages })}
        </Text>
        {page < pages && <Link url={to(page + 1)}>{t("pager.smaller")}</Link>}
      </InlineStack>
    </nav>
  );
}
