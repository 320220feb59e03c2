// The keys of the catalogue are those of the English files: another one is an error of types.
import type { english } from "./en.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "shell";
    resources: typeof english;
  }
}
