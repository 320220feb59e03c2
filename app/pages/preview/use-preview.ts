// The preview of the form as it is now: what was shown of it before something was changed is shown no more.
import { useFetcher } from "@remix-run/react";
import { useState } from "react";
import type { Reason } from "../../base/reason.ts";
import type { Shown } from "./PreviewResult.tsx";

interface Answer {
  preview?: Shown;
  /** There was no answer. */
  errors?: { form: string };
}
/** The form as it is now, with these beside. */
export type Typed = (more: Record<string, string>) => FormData;
export type FormPreview = ReturnType<typeof usePreview>;

const NONE: Record<string, Reason> = {};

/** @param changes another one whenever something of the form is. */
export function usePreview(typed: Typed, changes: string) {
  const fetcher = useFetcher<Answer>();
  const [asked, setAsked] = useState({ changes, which: "" });
  const answer = asked.changes === changes && fetcher.state !== "submitting" ? fetcher.data : undefined;
  const preview = answer?.preview;
  return {
    loading: fetcher.state !== "idle",
    run(which: string) {
      setAsked({ changes, which });
      fetcher.submit(typed({ intent: "preview", which }), { method: "post" });
    },
    shown: (which: string) => (asked.which === which ? preview : undefined),
    unanswered: answer?.errors?.form,
    /** What is wrong with the form, by field. */
    errors: preview?.is === "wrong form" ? preview.errors : NONE,
  };
}
