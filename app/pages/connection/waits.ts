// What waits at a connection, and when the first of it is lost: "12 orders (EUR 1,204.50) wait; the first expires in 7 hours."
import { useTranslation } from "react-i18next";
import { useFormats } from "../formats.ts";
import { inTotal } from "../money.ts";
import type { ConnectionState } from "./state.ts";

export function useWaits(now: string): (waiting: ConnectionState["waiting"]) => string {
  const { t } = useTranslation("connection");
  const { span, sums } = useFormats();
  return (waiting) => {
    if (!waiting?.firstDeadline || waiting.due === 0) return "";
    const { due, orders, firstDeadline } = waiting;
    const left = Date.parse(firstDeadline) - Date.parse(now);
    const worth = inTotal(waiting.worth);
    const what = orders === 0 ? "deliveries" : worth.length > 0 ? "worth" : "orders";
    const values = { count: orders || due, worth: sums(worth), span: span(left) };
    return left > 0 ? t(`waits.${what}`, values) : t(`waits.${what}Now`, values);
  };
}
