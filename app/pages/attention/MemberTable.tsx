// The deliveries of a group: each can be looked at, and some be chosen for a decision.
import type { SerializeFrom } from "@remix-run/node";
import { Card, Checkbox, Link } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Member } from "../../delivery/ledger/members.ts";
import { useName } from "../activity/about.ts";
import { useFormats } from "../formats.ts";
import { Ago } from "../time.tsx";
import { useWords } from "../words.ts";

interface Props {
  members: SerializeFrom<Member>[];
  chosen: ReadonlySet<string>;
  choose: (ids: string[], is: boolean) => void;
  now: string;
}

export function MemberTable({ members, chosen, choose, now }: Props) {
  const { t } = useTranslation("attention");
  const ids = members.map(({ id }) => id);
  return (
    <Card padding="0">
      <div className="card-head">
        <Checkbox
          label={t("members.choosePage", { count: members.length })}
          checked={ids.every((id) => chosen.has(id))}
          onChange={(is) => choose(ids, is)}
        />
      </div>
      <table className="lines">
        <thead>
          <tr>
            <th scope="col">{t("members.what")}</th>
            <th scope="col">{t("members.worth")}</th>
            <th scope="col">{t("members.happened")}</th>
            <th scope="col">{t("members.requests")}</th>
          </tr>
        </thead>
        <tbody>
          {members.map((one) => (
            <Line key={one.id} one={one} is={chosen.has(one.id)} choose={choose} now={now} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

interface LineProps extends Pick<Props, "choose" | "now"> {
  one: SerializeFrom<Member>;
  is: boolean;
}

function Line({ one, is, choose, now }: LineProps) {
  const { t } = useTranslation("attention");
  const { money, number } = useFormats();
  const { id, worth, occurredAt, requests, replayable } = one;
  const about = useName()(one);
  const kind = useWords().kind(one.kind);
  return (
    <tr>
      <th scope="row">
        <div className="choice">
          <Checkbox
            label={t("members.choose", { kind, about })}
            labelHidden
            checked={is}
            onChange={(now) => choose([id], now)}
          />
          <span>
            <Link url={`/app/deliveries/${id}`} accessibilityLabel={t("members.delivery", { id, kind, about })}>
              {about}
            </Link>
            <small>{replayable ? kind : t("members.cannot", { kind })}</small>
          </span>
        </div>
      </th>
      <td data-label={t("members.worth")}>{worth ? money(worth) : "–"}</td>
      <td data-label={t("members.happened")}>
        <Ago at={occurredAt} now={now} />
      </td>
      <td data-label={t("members.requests")}>{number(requests)}</td>
    </tr>
  );
}
