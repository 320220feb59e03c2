// Breaks of the ground: secrets, the way out, the environment, text.
import type { Mutant } from "./mutant.ts";

const SECRETS = "app/base/secrets.ts";

export const base: Mutant[] = [
  {
    what: "a shorter tag would do",
    file: SECRETS,
    from: "if (bytes.length < NONCE + TAG) return null;",
    to: "if (bytes.length < NONCE) return null;",
    tests: ["test/base/secrets.test.ts"],
  },
  {
    what: "two keys may have one name",
    file: SECRETS,
    from: "if (other.id === one.id)",
    to: "if (false)",
    tests: ["test/base/secrets.test.ts"],
  },
];
