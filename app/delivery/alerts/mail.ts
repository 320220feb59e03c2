// Alerts by mail: through the mail server of this installation, which its operator has named in the environment.
import { createTransport } from "nodemailer";
import type { Env } from "../../base/env.ts";
import type { Reason } from "../../base/reason.ts";
import { because } from "../reasons.ts";

interface Letter {
  to: string[];
  subject: string;
  text: string;
}
/** @returns the addresses that the server refused. @throws where it took it for nobody. */
export type Mail = (letter: Letter) => Promise<string[]>;

const TIMEOUT = 10_000;

/** @returns null: there is no mail server. */
export function openMail({ SMTP_URL, SMTP_SENDER }: Pick<Env, "SMTP_URL" | "SMTP_SENDER">): Mail | null {
  if (!SMTP_URL || !SMTP_SENDER) return null;
  const transport = createTransport({
    url: SMTP_URL,
    ...{ connectionTimeout: TIMEOUT, greetingTimeout: TIMEOUT, socketTimeout: TIMEOUT },
    // Nothing that stands in a letter is read from a file or an address.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  return async (letter) => {
    const { rejected } = await transport.sendMail({ from: SMTP_SENDER, ...letter });
    return rejected.map(String);
  };
}

/** @returns null: it went to everybody; else why it did not. No word of the server's: it may name a person. */
export async function mailFailure(mail: Mail, letter: Letter): Promise<Reason | null> {
  try {
    const refused = await mail(letter);
    return refused.length > 0 ? because("notice_rejected", { addresses: refused.join(", ") }) : null;
  } catch (error) {
    const { code, responseCode } = error as { code?: string; responseCode?: number };
    return because("notice_mail", { code: [code, responseCode].filter(Boolean).join(" ") || "no code" });
  }
}
