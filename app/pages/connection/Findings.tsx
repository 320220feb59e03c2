// What "Test connection" found out, each with its verdict in a word.
import { Badge } from "@shopify/polaris";
import type { Finding } from "../../destinations/destination.ts";
import { sentence } from "../words.ts";

export function Findings({ findings }: { findings: Finding[] }) {
  return (
    <ul className="findings" aria-label="What the test found">
      {findings.map(({ ok, says }) => (
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
          <span>{sentence(says)}</span>
        </li>
      ))}
    </ul>
  );
}
