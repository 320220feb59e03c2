// Who looked at what of a person, and when.
import type { SerializeFrom } from "@remix-run/node";
import { Card, Link, Text } from "@shopify/polaris";
import type { LookLine } from "../../delivery/people/looks.ts";
import { Clock } from "../time.tsx";

type Look = SerializeFrom<LookLine>;

export function LookTable({ looks }: { looks: Look[] }) {
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          Who looked at personal data
        </Text>
        <Text as="p" tone="subdued">
          {looks.length === 0
            ? "Nobody did yet."
            : "Users of your shop by the number that Shopify gives them, as in the address of a user in your settings. Kept for a year; a page that stays open is one look in an hour."}
        </Text>
      </div>
      {looks.length > 0 && (
        <table className="lines states told" aria-label="Looks">
          <thead>
            <tr>
              <th scope="col">User</th>
              <th scope="col">When</th>
              <th scope="col">What</th>
            </tr>
          </thead>
          <tbody>
            {looks.map((look) => (
              <tr key={look.id}>
                <th scope="row">{look.who}</th>
                <td data-label="When">
                  <Clock at={look.at} />
                </td>
                <td data-label="What">
                  <What look={look} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function What({ look: { what, of, about } }: { look: Look }) {
  const whom = /^(email|phone|orders):/.test(about) ? "a person without an id" : about.replace(":", " ");
  if (what === "file") return <>Downloaded the file about {whom}</>;
  if (what === "request")
    return (
      <>
        Saw the personal data in <Link url={`/app/deliveries/${of}`}>what a vendor was sent</Link> about {whom}
      </>
    );
  if (what === "webhook")
    return (
      <>
        Saw the personal data in <Link url={`/app/events/${of}`}>an event and its webhook</Link> about {whom}
      </>
    );
  return (
    <>
      Opened <Link url={`/app/deliveries/${of}`}>a delivery</Link> about {whom}
    </>
  );
}
