// The environment: one schema, checked at start; a wrong value ends the start with one message that names it.
import { z } from "zod";
import { LEAST_CONNECTIONS, USUAL_CONNECTIONS } from "./connections.ts";

const url = (protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `must be a URL that begins with ${protocols.map((p) => `${p}//`).join(" or ")}`,
  });
/** "https://app.example.com/": the command line writes it with a slash, and a path would be nobody's. */
const origin = url(["http:", "https:"]).transform((text) => new URL(text).origin);
const onOff = z.enum(["on", "off"], { message: 'must be "on" or "off"' });

const schema = z
  .object({
    PORT: z.coerce
      .number({ message: "must be a port number" })
      .int("must be a whole port number")
      .min(1, "must be a port from 1 to 65535")
      .max(65535, "must be a port from 1 to 65535")
      .default(3000),
    DATABASE_URL: url(["postgres:", "postgresql:"]),
    /** How many connections one process, a web or a worker, may open to the database. */
    DATABASE_CONNECTIONS: z.coerce
      .number({ message: "must be a number of connections" })
      .int("must be a whole number of connections")
      .min(LEAST_CONNECTIONS, `must be at least ${LEAST_CONNECTIONS} for each process`)
      .max(1_000, "must be at most 1000 for each process")
      .default(USUAL_CONNECTIONS),
    /** Are statements prepared by name? A pooler that gives each transaction another connection may not know them. */
    DATABASE_PREPARE: onOff.default("on"),
    REDIS_URL: url(["redis:", "rediss:"]).optional(),
    SHOPIFY_API_KEY: z.string().min(1).optional(),
    SHOPIFY_API_SECRET: z.string().min(1).optional(),
    /** The secret before the last rotation; Shopify may sign with either for an hour. */
    SHOPIFY_API_SECRET_OLD: z.string().min(1).optional(),
    SHOPIFY_APP_URL: origin.optional(),
    SCOPES: z.string().optional(),
    /** With Shopify credentials `/metrics` and the details of `/readyz` are for who sends it as a bearer; without it for nobody. */
    METRICS_TOKEN: z
      .string()
      .min(16, "must have at least 16 characters")
      .regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces: it travels in a header")
      .optional(),
    /** `id:base64 of 32 bytes`, newest first, separated by commas; a lone value needs no id. */
    ENCRYPTION_KEY: z.string().optional(),
    /** The address that this host goes out by, where it cannot see it itself; vendors may count by it. */
    EGRESS_ADDRESS: z.string().min(1).optional(),
    /** The mail server that alerts leave by, and whom they are from. */
    SMTP_URL: url(["smtp:", "smtps:"]).optional(),
    SMTP_SENDER: z
      .string()
      .regex(/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/, "must be an e-mail address, with a name before it if you like")
      .optional(),
    SWITCHYARD_DATA: z.string().min(1).default(".data"),
    SANDBOX_TRAFFIC: onOff.default("on"),
    SANDBOX_BUDGETS: onOff.default("on"),
    SANDBOX_VENDORS_URL: url(["http:", "https:"]).optional(),
    /** Are these vendors the sandbox's own, which can be told to misbehave? Set by the launcher. */
    SANDBOX_OWN_VENDORS: z.enum(["yes", "no"]).default("no"),
  })
  .superRefine((env, context) => {
    const missing = (name: string, why: string) => context.addIssue({ code: "custom", path: [name], message: why });
    if (env.SMTP_URL && !env.SMTP_SENDER) missing("SMTP_SENDER", "is missing: whom mails from SMTP_URL are from");
    const shopify = ["SHOPIFY_API_KEY", "SHOPIFY_API_SECRET", "SHOPIFY_APP_URL"] as const;
    if (shopify.some((name) => env[name])) {
      for (const name of shopify) if (!env[name]) missing(name, "is missing: the three SHOPIFY_ values go together");
      if (!env.ENCRYPTION_KEY)
        missing("ENCRYPTION_KEY", "is required with Shopify credentials: 32 random bytes as base64");
      if (env.SANDBOX_VENDORS_URL)
        missing("SANDBOX_VENDORS_URL", "is for the sandbox only, which is off when Shopify credentials are set");
    }
  });

/** `appUrl`: the origin under which a browser and Shopify reach the app. */
export type Env = z.infer<typeof schema> & { sandbox: boolean; appUrl: string };

/** @throws one Error that names every wrong value in a line of its own. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const cliUrl = given.SHOPIFY_API_KEY && !given.SHOPIFY_APP_URL ? given.APP_URL : undefined;
  if (cliUrl) given.SHOPIFY_APP_URL = cliUrl; // as Shopify's command line calls it
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      (issue) =>
        `  ${cliUrl && issue.path[0] === "SHOPIFY_APP_URL" ? "APP_URL" : issue.path.join(".")} ${given[String(issue.path[0])] === undefined && issue.code !== "custom" ? "is missing" : issue.message}`,
    );
    throw new Error(`The environment is not right:\n${[...new Set(lines)].join("\n")}`);
  }
  const { SHOPIFY_API_KEY, SHOPIFY_APP_URL, PORT } = parsed.data;
  return { ...parsed.data, sandbox: !SHOPIFY_API_KEY, appUrl: SHOPIFY_APP_URL ?? `http://localhost:${PORT}` };
}
