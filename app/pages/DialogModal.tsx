// What Dialog.tsx draws, as Polaris has it.
import { Modal, Text } from "@shopify/polaris";
import type { RefObject } from "react";

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

export default function DialogModal({ activator, open, onClose, title, says, yes, no, onYes }: Asking) {
  return (
    <Modal
      {...{ activator, open, onClose, title }}
      primaryAction={{ content: yes, destructive: true, onAction: onYes }}
      secondaryActions={[{ content: no, onAction: onClose }]}
    >
      <Modal.Section>
        <Text as="p">{says}</Text>
      </Modal.Section>
    </Modal>
  );
}
