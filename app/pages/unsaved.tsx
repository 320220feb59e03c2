// What was typed is not lost: whoever leaves with something unsaved is asked first.
import { type Location, useBlocker, useNavigate } from "@remix-run/react";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "./Dialog.tsx";

/** The forms of the page that hold something unsaved. */
const unsaved = new Set<string>();

/** For a form: does it hold something that is not saved? */
export function useUnsaved(is: boolean): void {
  const id = useId();
  useEffect(() => {
    if (!is) return;
    unsaved.add(id);
    return () => void unsaved.delete(id);
  }, [id, is]);
}

const warn = (event: BeforeUnloadEvent) => {
  if (unsaved.size > 0) event.preventDefault();
};

/** Once, for the frame of all pages: the router takes one that blocks. */
export function LeaveGuard() {
  const { t } = useTranslation("shell");
  /** Around what was pressed last, which Polaris takes the focus from at once: who stays is there again. */
  const from = useRef<HTMLElement | null>(null);
  const navigate = useNavigate();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => unsaved.size > 0 && currentLocation.pathname !== nextLocation.pathname,
  );
  /** Where they wanted to go: the router forgets it, and that it blocked, whenever the page is refreshed. */
  const [wanted, setWanted] = useState<Location | null>(null);
  useEffect(() => {
    if (blocker.state === "blocked") setWanted(blocker.location);
  }, [blocker]);
  const stay = () => {
    setWanted(null);
    blocker.reset?.();
  };
  const leave = () => {
    setWanted(null);
    if (blocker.proceed) return blocker.proceed();
    unsaved.clear();
    if (wanted) navigate(wanted);
  };
  useEffect(() => {
    const note = ({ target }: Event) => {
      const link = (target as Element).closest("a");
      if (link) from.current = link.parentElement;
    };
    addEventListener("beforeunload", warn);
    addEventListener("click", note, true);
    return () => {
      removeEventListener("beforeunload", warn);
      removeEventListener("click", note, true);
    };
  }, []);
  return (
    <Dialog
      activator={from}
      open={wanted !== null}
      onClose={stay}
      title={t("leave.title")}
      says={t("leave.says")}
      yes={t("leave.leave")}
      no={t("leave.stay")}
      onYes={leave}
    />
  );
}
