// Keeps the language of the frame: Shopify names it when it opens the frame, and a reload inside it has lost that.
import { languageOf } from "./languages.ts";

const KEY = "locale";

/** Before the page is woken up. @returns true: it was drawn in another language, and the browser is on its way to the same page in the one that was asked for. */
export function goInItsLanguage(): boolean {
  const address = new URL(location.href);
  const asked = address.searchParams.get("locale");
  if (asked !== null) {
    keep(asked);
    return false;
  }
  const known = kept();
  if (known === null || !address.pathname.startsWith("/app")) return false;
  if (languageOf(known) === languageOf(document.documentElement.lang)) return false;
  address.searchParams.set("locale", known);
  location.replace(address.href);
  return true;
}

/** A browser that keeps nothing for a framed page shows English after a reload. */
function keep(locale: string): void {
  try {
    sessionStorage.setItem(KEY, locale);
  } catch {}
}

function kept(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}
