// Where a form was not saved the focus goes to the first thing that is wrong with it.
import { type RefObject, useEffect } from "react";

const WRONG = '[aria-invalid="true"], [data-form-error]';

/** @param answer of the server; each is looked at once. */
export function useFirstError(form: RefObject<HTMLFormElement | null>, answer: unknown): void {
  useEffect(() => {
    if (!answer) return;
    const first = form.current?.querySelector<HTMLElement>(WRONG);
    // Of a group of choices it is the first one.
    const field = first?.matches("fieldset") ? first.querySelector("input") : first;
    field?.focus();
  }, [form, answer]);
}
