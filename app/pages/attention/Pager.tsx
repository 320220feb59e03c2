// From one page of groups to the next.
import { useSearchParams } from "@remix-run/react";
import { InlineStack, Link, Text } from "@shopify/polaris";

export function Pager({ page, pages }: { page: number; pages: number }) {
  const [params] = useSearchParams();
  const to = (number: number) => {
    const next = new URLSearchParams(params);
    next.set("page", String(number));
    return `/app/attention?${next}`;
  };
  return (
    <nav aria-label="Pages of groups" className="outside">
      <InlineStack gap="400" align="center" blockAlign="center">
        {page > 1 && <Link url={to(page - 1)}>Larger groups</Link>}
        <Text as="span" tone="subdued">
          Page {page} of {pages}
        </Text>
        {page < pages && <Link url={to(page + 1)}>Smaller groups</Link>}
      </InlineStack>
    </nav>
  );
}
