// The record of a connection: who changed what, and when.
import { useRouteLoaderData } from "@remix-run/react";
import { Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { Ago } from "../time.tsx";
import { type Change, useChangeWords } from "./changes.ts";
import type { Sheet } from "./sheet.ts";

interface Line {
  id: string;
  at: string;
  by: string | null;
  what: Change[];
}

export function RecordCard({ sheet, record, now }: { sheet: Sheet; record: Line[]; now: string }) {
  const { t } = useTranslation("connection");
  const told = useChangeWords(sheet);
  const who = useName();
  return (
    <Card padding="0">
      <div className="card-head">
        <Text as="h2" variant="headingMd">
          {t("record.heading")}
        </Text>
        {record.length === 0 && <Text as="p">{t("record.none")}</Text>}
      </div>
      {record.length > 0 && (
        <table className="lines">
          <thead>
            <tr>
              <th scope="col">{t("record.when")}</th>
              <th scope="col">{t("record.who")}</th>
              <th scope="col">{t("record.what")}</th>
            </tr>
          </thead>
          <tbody>
            {record.map(({ id, at, by, what }) => (
              <tr key={id}>
                <th scope="row">
                  <Ago at={at} now={now} />
                </th>
                <td data-label={t("record.who")}>{who(by)}</td>
                <td data-label={t("record.what")}>
                  {what.flatMap(told).map((change) => (
                    <div key={change}>{change}</div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function useName(): (by: string | null) => string {
  const { t } = useTranslation("connection");
  const me = (useRouteLoaderData("routes/app") as { user: string } | undefined)?.user ?? "";
  return (by) => (by === null ? t("record.nobody") : by === me ? t("record.you") : t("record.user", { user: by }));
}
