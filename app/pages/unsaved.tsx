// What was typed is not lost: whoever leaves with something unsaved is asked first.
import { useBlocker } from "@remix-run/react";
import { Modal, Text } from "@shopify/polaris";
import { useEffect, useId } from "react";

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
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => unsaved.size > 0 && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, []);
  const stay = () => blocker.reset?.();
  return (
    <Modal
      open={blocker.state === "blocked"}
      onClose={stay}
      title="Leave without saving?"
      primaryAction={{ content: "Leave", destructive: true, onAction: () => blocker.proceed?.() }}
      secondaryActions={[{ content: "Stay", onAction: stay }]}
    >
      <Modal.Section>
        <Text as="p">What you changed here is not saved.</Text>
      </Modal.Section>
    </Modal>
  );
}
