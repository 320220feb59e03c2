// Wakes the pages up in the browser.
import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { textsIn } from "./pages/texts/catalogue.ts";
import { goInItsLanguage } from "./pages/texts/kept.ts";
import { languageOf } from "./pages/texts/languages.ts";
import { goWhereItWanted } from "./pages/wanted.ts";

/** In the language that the server drew it in. */
async function wake(): Promise<void> {
  const texts = await textsIn(languageOf(document.documentElement.lang));
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <I18nextProvider i18n={texts}>
          <RemixBrowser />
        </I18nextProvider>
      </StrictMode>,
    );
  });
}

if (!goWhereItWanted() && !goInItsLanguage()) void wake();
