// The steps of the setup, in the order in which they are done, and whether each is.
import { useTranslation } from "react-i18next";
import { type ConnectionState, isProved } from "../connection/state.ts";
import type { Sync } from "./point.ts";
import { pageOf } from "./waits.ts";

export interface Step {
  name: string;
  done: boolean;
  says: string;
  /** Where it is done; null: it happens by itself, or here. */
  url: string | null;
  action: string;
  external?: boolean;
}

interface Facts {
  /** Is the theme app embed on, as it was seen last? */
  embed: boolean;
  /** The theme editor's address; null in the sandbox. */
  editor: string | null;
}

export function useSteps({ connections, lacks, pixel }: Sync, { embed, editor }: Facts): Step[] {
  const { t } = useTranslation("home");
  const [first] = connections;
  const page = first ? pageOf(first) : null;
  const name = first?.name ?? "";
  const open = (key: "guide.testedOpen" | "guide.deliveredOpen") => (first ? t(key, { name }) : t("guide.choose"));
  const step = (key: "installed" | "embed" | "pixel" | "tested" | "delivered", done: boolean) => ({
    ...{ name: t(`guide.${key}`), says: t(`guide.${key}Says`), done, url: null, action: "" },
  });
  return [
    step("installed", lacks.token === null),
    { ...step("embed", embed), url: editor, action: t("guide.embedOpen"), external: true },
    { ...step("pixel", pixel.on), url: "/app/settings", action: t("guide.pixelOpen") },
    { ...step("tested", connections.some(isProved)), url: page, action: open("guide.testedOpen") },
    { ...step("delivered", connections.some(hasPurchase)), url: page, action: open("guide.deliveredOpen") },
  ];
}

const hasPurchase = ({ purchases }: ConnectionState) => purchases > 0;
