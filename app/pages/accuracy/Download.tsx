// A button that fetches a file with the session's token, which a plain link would not carry, and hands it to the browser.
import { Button } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  label: string;
  /** Where the file is: an address with a query. */
  from: string;
  name: string;
}

export function Download({ label, from, name }: Props) {
  const { t, i18n } = useTranslation("accuracy");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const load = async () => {
    setBusy(true);
    setFailed(await fetchFile(`${from}&locale=${i18n.language}`, name).then(isNot, () => true));
    setBusy(false);
  };
  return (
    <div className="download">
      <Button onClick={load} loading={busy}>
        {label}
      </Button>
      <span aria-live="polite" className="quiet">
        {failed && t("download.failed")}
      </span>
    </div>
  );
}

const isNot = (done: boolean) => !done;

/** @returns whether there was a file. */
async function fetchFile(from: string, name: string): Promise<boolean> {
  const answer = await fetch(from);
  if (!answer.ok) return false;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
  return true;
}
