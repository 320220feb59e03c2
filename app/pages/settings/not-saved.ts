// What an action of the settings answers where it saved, or did not, and why not in words.
import { useTranslation } from "react-i18next";
import type { NotSaved } from "../../delivery/shop-saved.ts";

/** `noAnswer`: the server did not answer. */
export type SettingSaved<Wrong, Now> = { notSaved: NotSaved<Wrong, Now> | null } | { noAnswer: true };

interface Words<Wrong, Now> {
  wrong: (wrong: Wrong) => string;
  /** Somebody made it `now` meanwhile. */
  changed: (user: string, now: Now) => string;
}

/** @returns what tells why it was not saved; null where it was, or where nothing was asked. */
export function useNotSaved() {
  const { t } = useTranslation("shell");
  return <Wrong, Now>(data: SettingSaved<Wrong, Now> | undefined, words: Words<Wrong, Now>): string | null => {
    if (!data) return null;
    if ("noAnswer" in data) return t("frame.noAnswer");
    const { notSaved } = data;
    if (!notSaved) return null;
    return "wrong" in notSaved ? words.wrong(notSaved.wrong) : words.changed(notSaved.by ?? "?", notSaved.now);
  };
}
