// Keeps what a page shows up to date while somebody looks at it.
import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";

/** Asks the page's loaders again every few seconds, one question at a time, and not while the page is hidden. */
export function useRefresh(seconds: number) {
  const revalidator = useRevalidator();
  const latest = useRef(revalidator);
  latest.current = revalidator;
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible" && latest.current.state === "idle") latest.current.revalidate();
    }, seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds]);
}
