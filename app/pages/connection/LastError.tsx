// The last error of a connection, while it lasts: a sentence of ours, and the vendor's own words below it.
import { Text } from "@shopify/polaris";
import { Ago } from "../time.tsx";
import { sentence } from "../words.ts";
import type { ConnectionState } from "./state.ts";

export function LastError({ error, now }: { error: ConnectionState["lastError"]; now: string }) {
  if (!error) return null;
  return (
    <div>
      <Text as="p">
        Last error <Ago at={error.at} now={now} />: {sentence(error.says)}
      </Text>
      {error.words && <blockquote className="quote">{sentence(error.words)}</blockquote>}
    </div>
  );
}
