// Is the theme app embed on? Only App Bridge can say, in the browser: what it says is kept for the guide and the alerts.
import { useFetcher } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";

/** As shopify.app.extensions() has it; of a theme app extension each block is an activation. */
interface Extension {
  type?: string;
  activations?: { handle?: string; status?: string }[];
}
interface Bridge {
  app?: { extensions?: () => Promise<Extension[]> };
}

/** The block of extensions/theme-embed, by its file's name. */
export const BLOCK = "attribution";
const LOOK_AGAIN = 60_000;
const A_DAY = 86_400_000;

const isOn = (extensions: Extension[]): boolean =>
  extensions.some(
    ({ type, activations = [] }) =>
      type === "theme_app_extension" &&
      activations.some(({ handle, status }) => handle === BLOCK && status === "active"),
  );

/** @returns null: nothing is known. */
async function askBridge(): Promise<boolean | null> {
  const { shopify } = window as { shopify?: Bridge };
  if (!shopify?.app?.extensions) return null; // an older App Bridge, or a page that nothing frames
  try {
    return isOn(await shopify.app.extensions());
  } catch {
    return null;
  }
}

/** @param seen as the server knows it. @returns whether it is on; null: nobody knows. */
export function useEmbed({ on, seenAt }: { on: boolean | null; seenAt: string | null }): boolean | null {
  const fetcher = useFetcher();
  const [found, setFound] = useState<boolean | null>(null);
  const latest = useRef({ on, seenAt, submit: fetcher.submit });
  latest.current = { on, seenAt, submit: fetcher.submit };
  useEffect(() => {
    const look = async () => {
      if (document.visibilityState !== "visible") return;
      const is = await askBridge();
      if (is === null) return;
      setFound(is);
      const { on, seenAt, submit } = latest.current;
      const old = Date.now() - Date.parse(seenAt ?? "");
      if (is !== on || !(old < A_DAY))
        submit({ intent: "embed-seen", on: String(is) }, { method: "post", action: "/app?index" });
    };
    void look();
    const timer = setInterval(look, LOOK_AGAIN);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return found ?? on;
}
