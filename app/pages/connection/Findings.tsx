// What "Test connection" found out, each with its verdict in a word.
import { Badge, Button } from "@shopify/polaris";
import type { Told } from "../../base/reason.ts";
import type { Finding } from "../../destinations/destination.ts";
import { sentence } from "../words.ts";

interface Props {
  findings: Told<Finding>[];
  runMend: ((what: string) => void) | null;
}

export function Findings({ findings, runMend }: Props) {
  return (
    <ul className="findings" aria-label="What the test found">
      {findings.map(({ ok, says, mend }) => (
        <li key={says}>
          <span>
            {ok === true && (
              <Badge tone="success" progress="complete">
                Fine
              </Badge>
            )}
            {ok === false && (
              <Badge tone="critical" progress="incomplete">
                Not right
              </Badge>
            )}
            {ok === null && <Badge progress="partiallyComplete">Not known</Badge>}
          </span>
          <span>
            {sentence(says)} {mend && runMend && <Button onClick={() => runMend(mend.what)}>{mend.label}</Button>}
          </span>
        </li>
      ))}
    </ul>
  );
}
