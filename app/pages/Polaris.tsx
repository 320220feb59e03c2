// Polaris around every page, in the page's language. Its links, and those of Shopify's navigation, lead from page to page without a reload.
import { Link, useNavigate } from "@remix-run/react";
import { AppProvider, type AppProviderProps } from "@shopify/polaris";
import { type ComponentProps, forwardRef, type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";

type PolarisLink = NonNullable<AppProviderProps["linkComponent"]>;

const PageLink = forwardRef<HTMLAnchorElement, ComponentProps<PolarisLink>>(({ url = "", external, ...rest }, ref) => (
  <Link {...(external && { target: "_blank", rel: "noopener noreferrer" })} {...rest} to={url} ref={ref} />
));

// The library of Shopify has the same, and brings Polaris' English to readers of any language.
export function Polaris({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const navigate = useNavigate();
  useEffect(() => {
    const go = ({ target }: Event) => {
      const href = (target as Element | null)?.getAttribute("href");
      if (href) navigate(href);
    };
    addEventListener("shopify:navigate", go);
    return () => removeEventListener("shopify:navigate", go);
  }, [navigate]);
  const texts = i18n.getResourceBundle(i18n.language, "polaris") as AppProviderProps["i18n"];
  return (
    <AppProvider i18n={texts} linkComponent={PageLink as PolarisLink}>
      {children}
    </AppProvider>
  );
}
