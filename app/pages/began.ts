// What was saved last when somebody began to type: a refresh behind their back is not what they saw.
import { useEffect, useRef, useState } from "react";

/** @param was when it was saved last, as the page knows it now. @returns as the form knew it when it was drawn, or last answered. */
export function useBegan(was: string, { state, data }: { state: string; data: unknown }): string {
  const latest = useRef(was);
  latest.current = was;
  const [began, setBegan] = useState(was);
  useEffect(() => {
    if (data !== undefined && state === "idle") setBegan(latest.current);
  }, [data, state]);
  return began;
}
