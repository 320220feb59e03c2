// A question above the page. Its code comes with the first that is asked: a page is light without it.
import { lazy, Suspense, useState } from "react";
import type { Asking } from "./DialogModal.tsx";

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
