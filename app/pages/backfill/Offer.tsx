// The step after a connection was made: what was before can be sent, if the merchant wants that.
import { Card, Link } from "@shopify/polaris";
import { Trans } from "react-i18next";
import type { What } from "../../destinations/history.ts";
import { useBackfillWords } from "./words.ts";

interface Props {
  slug: string;
  id: string;
  vendor: string;
  what: What[];
}

export function Offer({ slug, id, vendor, what }: Props) {
  const { together } = useBackfillWords();
  return (
    <Card>
      <p>
        <Trans
          ns="backfill"
          i18nKey="offer"
          values={{ vendor, what: together(what) }}
          components={{ a: <Link url={`/app/${slug}/${id}/backfill`} /> }}
        />
      </p>
    </Card>
  );
}
