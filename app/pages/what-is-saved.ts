// Is what a form holds what was saved? What is typed after a save, or while one is on its way, is not.
import { useState } from "react";
import { useUnsaved } from "./unsaved.tsx";

interface Sending {
  state: string;
  data: unknown;
}

/**
 * Asks whoever leaves with something unsaved.
 * @param holds what the form holds. @param stored what the page was told of it. @param error why it was not saved.
 */
export function useWhatIsSaved({ state, data }: Sending, holds: string, stored: string, error: string | null) {
  const [sent, setSent] = useState<string | null>(null);
  const loading = state !== "idle";
  // The answer is there before the page has read anew: what was refused is not saved from then on.
  const isSent = sent === holds && (state === "submitting" || (data !== undefined && !error));
  useUnsaved(holds !== stored && !isSent);
  /** `send` is to be called with each save. */
  return { loading, saved: isSent && !loading, send: () => setSent(holds) };
}
