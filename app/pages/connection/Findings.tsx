// What "Test connection" found out, each with its verdict in a word.
import { Badge, Button } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Told } from "../../base/reason.ts";
import type { Finding } from "../../destinations/destination.ts";
import { sentence } from "../words.ts";

interface Props {
  findings: Told<Finding>[];
  runMend: ((what: string) => void) | null;
}

export function Findings({ findings, runMend }: Props) {
  const { t } = useTranslation("connection");
  return (
    <ul className="findings" aria-label={t("test.found")}>
      {findings.map(({ ok, says, mend }) => (
        <li key={says}>
          <span>
            <Verdict ok={ok} />
          </span>
          <span>
            {sentence(says)} {mend && runMend && <Button onClick={() => runMend(mend.what)}>{mend.label}</Button>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Verdict({ ok }: Pick<Finding, "ok">) {
  const { t } = useTranslation("connection");
  if (ok === null) return <Badge progress="partiallyComplete">{t("test.unknown")}</Badge>;
  return (
    <Badge tone={ok ? "success" : "critical"} progress={ok ? "complete" : "incomplete"}>
      {ok ? t("test.fine") : t("test.wrong")}
    </Badge>
  );
}
