// The bar that Shopify's admin shows while a form holds something unsaved: its two buttons save and discard.
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  id: string;
  shown: boolean;
  busy: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

export function SaveBar({ id, shown, busy, onSave, onDiscard }: Props) {
  const { t } = useTranslation("connection");
  useEffect(() => {
    if (!shown) return;
    void window.shopify?.saveBar?.show(id);
    return () => void window.shopify?.saveBar?.hide(id);
  }, [id, shown]);
  return (
    <ui-save-bar id={id}>
      <button type="button" variant="primary" onClick={onSave} disabled={busy} loading={busy ? "" : undefined}>
        {t("form.save")}
      </button>
      <button type="button" onClick={onDiscard} disabled={busy}>
        {t("form.discard")}
      </button>
    </ui-save-bar>
  );
}
