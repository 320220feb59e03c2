// A button for what cannot be taken back: it says what will happen before it does it.
import { Button } from "@shopify/polaris";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "./Dialog.tsx";

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
      <Dialog
        activator={button}
        open={open}
        onClose={close}
        onYes={confirm}
        {...{ title, says }}
        yes={label}
        no={t("confirm.cancel")}
      />
    </>
  );
}
