// The step after a connection was made: what was before can be sent, if the merchant wants that.
import { Link } from "@remix-run/react";
import { Card } from "@shopify/polaris";
import type { What } from "../../destinations/history.ts";
import { together } from "./words.ts";

interface Props {
  slug: string;
  id: string;
  vendor: string;
  what: What[];
}

export const Offer = ({ slug, id, vendor, what }: Props) => (
  <Card>
    <p>
      {vendor} hears of what happens from now on. It can also be told the {together(what)} of before:{" "}
      <Link to={`/app/${slug}/${id}/backfill`}>see how many there are</Link>. Nothing is sent until you start it.
    </p>
  </Card>
);
