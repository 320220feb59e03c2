// A button for what cannot be taken back: it says what will happen before it does it.
import { Button, Modal, Text } from "@shopify/polaris";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  label: string;
  title: string;
  says: string;
  loading: boolean;
  onConfirm: () => void;
}

export function Confirm({ label, title, says, loading, onConfirm }: Props) {
  const { t } = useTranslation("shell");
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLDivElement>(null);
  const close = () => setOpen(false);
  const confirm = () => {
    close();
    onConfirm();
  };
  return (
    <>
      <div ref={button}>
        <Button tone="critical" loading={loading} onClick={() => setOpen(true)}>
          {label}
        </Button>
      </div>
      <Modal
        activator={button}
        open={open}
        onClose={close}
        title={title}
        primaryAction={{ content: label, destructive: true, onAction: confirm }}
        secondaryActions={[{ content: t("confirm.cancel"), onAction: close }]}
      >
        <Modal.Section>
          <Text as="p">{says}</Text>
        </Modal.Section>
      </Modal>
    </>
  );
}
