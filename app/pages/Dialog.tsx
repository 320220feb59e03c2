// A question above the page. Its code comes with the first that is asked: a page is light without it.
import { lazy, type RefObject, Suspense, useState } from "react";

export interface Asking {
  /** Around what has the focus again afterwards. */
  activator: RefObject<HTMLElement>;
  open: boolean;
  onClose: () => void;
  title: string;
  says: string;
  /** What the button that does it says. */
  yes: string;
  no: string;
  onYes: () => void;
}

const Modal = lazy(() => import("./DialogModal.tsx"));

export function Dialog(asking: Asking) {
  const [asked, setAsked] = useState(false);
  if (asking.open && !asked) setAsked(true);
  return (
    asked && (
      <Suspense>
        <Modal {...asking} />
      </Suspense>
    )
  );
}
