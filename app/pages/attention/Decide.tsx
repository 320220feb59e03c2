// The two decisions there are: send again, which asks first where it may count twice; or dismiss.
import type { Fetcher } from "@remix-run/react";
import { Button } from "@shopify/polaris";
import { Confirm } from "../Confirm.tsx";

export type Decision = Fetcher & {
  submit: (fields: Record<string, string> | FormData, how: { method: "post"; action?: string }) => void;
};

export interface Vendor {
  name: string;
  /** It can be asked whether it has something; not for every kind of event. */
  asks: boolean;
}

interface Props {
  /** What it is about, as readWhich reads it. */
  fields: Record<string, string>;
  /** Or these deliveries. */
  chosen?: string[];
  state: string;
  vendor: Vendor;
  /** Can any of it be sent again? */
  replayable: boolean;
  decision: Decision;
}

export function Decide({ fields, chosen = [], state, vendor, replayable, decision }: Props) {
  const ask = (intent: string) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ intent, ...fields })) form.append(name, value);
    for (const id of chosen) form.append("delivery", id);
    decision.submit(form, { method: "post", action: "/app/attention" });
  };
  const form = decision.state === "idle" ? undefined : decision.formData;
  const asked = (intent: string) =>
    form?.get("intent") === intent && Object.entries(fields).every(([name, value]) => form.get(name) === value);
  return (
    <>
      {!replayable ? null : state === "unknown" ? (
        <Confirm
          label="Send again"
          title="Send again what may have arrived?"
          says={
            vendor.asks
              ? `${vendor.name} is asked first. What it has is not sent; what it cannot tell is sent, and may count twice.`
              : `What ${vendor.name} has already may count twice.`
          }
          loading={asked("replay")}
          onConfirm={() => ask("replay")}
        />
      ) : (
        <Button onClick={() => ask("replay")} loading={asked("replay")}>
          Send again
        </Button>
      )}
      <Button onClick={() => ask("dismiss")} loading={asked("dismiss")}>
        Dismiss
      </Button>
    </>
  );
}

/** Why there is no button to send again, in a sentence. @param it what is meant: "it" or "them". */
export function whyNot(name: string, vendor: string, connectionState: string, it: "it" | "them"): string {
  if (connectionState === "disconnected")
    return `${name} was disconnected, and nothing can go there any more. Connect ${vendor} again: what comes from then on is sent.`;
  if (connectionState === "off") return `${name} is off: turn it on to send ${it} again.`;
  return `${vendor} takes ${it} no more, or something newer was sent since.`;
}
