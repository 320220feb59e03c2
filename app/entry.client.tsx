// Wakes the pages up in the browser.
import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { openTexts } from "./pages/texts/in-browser.ts";
import { goInItsLanguage } from "./pages/texts/kept.ts";
import { languageOf } from "./pages/texts/languages.ts";
import { goWhereItWanted } from "./pages/wanted.ts";

/** In the language that the server drew it in. */
async function wake(): Promise<void> {
  const { lang, dataset } = document.documentElement;
  const texts = await openTexts(languageOf(lang), dataset.texts?.split(" ") ?? []);
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
