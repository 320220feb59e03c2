// The environment: one schema, checked at start; a wrong value ends the start with one message that names it.
import { z } from "zod";

const url = (protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `must be a URL that begins with ${protocols.map((p) => `${p}//`).join(" or ")}`,
  });
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
    REDIS_URL: url(["redis:", "rediss:"]).optional(),
    SHOPIFY_API_KEY: z.string().min(1).optional(),
    SHOPIFY_API_SECRET: z.string().min(1).optional(),
    /** The secret before the last rotation; Shopify may sign with either for an hour. */
    SHOPIFY_API_SECRET_OLD: z.string().min(1).optional(),
    SHOPIFY_APP_URL: url(["http:", "https:"]).optional(),
    SCOPES: z.string().optional(),
    /** `id:base64 of 32 bytes`, newest first, separated by commas; a lone value needs no id. */
    ENCRYPTION_KEY: z.string().optional(),
    /** The address that this host goes out by, where it cannot see it itself; vendors may count by it. */
    EGRESS_ADDRESS: z.string().min(1).optional(),
    SWITCHYARD_DATA: z.string().min(1).default(".data"),
    SANDBOX_TRAFFIC: onOff.default("on"),
    SANDBOX_BUDGETS: onOff.default("on"),
    SANDBOX_VENDORS_URL: url(["http:", "https:"]).optional(),
    /** Are these vendors the sandbox's own, which can be told to misbehave? Set by the launcher. */
    SANDBOX_OWN_VENDORS: z.enum(["yes", "no"]).default("no"),
  })
  .superRefine((env, context) => {
    const missing = (name: string, why: string) => context.addIssue({ code: "custom", path: [name], message: why });
    const shopify = ["SHOPIFY_API_KEY", "SHOPIFY_API_SECRET", "SHOPIFY_APP_URL"] as const;
    if (shopify.some((name) => env[name])) {
      for (const name of shopify) if (!env[name]) missing(name, "is missing: the three SHOPIFY_ values go together");
      if (!env.ENCRYPTION_KEY)
        missing("ENCRYPTION_KEY", "is required with Shopify credentials: 32 random bytes as base64");
      if (env.SANDBOX_VENDORS_URL)
        missing("SANDBOX_VENDORS_URL", "is for the sandbox only, which is off when Shopify credentials are set");
    }
  });

export type Env = z.infer<typeof schema> & { sandbox: boolean };

/** @throws one Error that names every wrong value in a line of its own. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      (issue) =>
        `  ${issue.path.join(".")} ${given[String(issue.path[0])] === undefined && issue.code !== "custom" ? "is missing" : issue.message}`,
    );
    throw new Error(`The environment is not right:\n${[...new Set(lines)].join("\n")}`);
  }
  return { ...parsed.data, sandbox: !parsed.data.SHOPIFY_API_KEY };
}
