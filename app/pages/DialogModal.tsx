// What Dialog.tsx draws, as Polaris has it.
import { Modal, Text } from "@shopify/polaris";
import type { Asking } from "./Dialog.tsx";

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
