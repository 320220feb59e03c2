// Reads app/scopes_update: what the merchant lets the app have from now on.
import { field } from "./fields.ts";
import { type Fields, Unreadable } from "./json.ts";
import type { Reading } from "./reading.ts";
import { because } from "./reasons.ts";

const MOST = 200;
const SCOPE = /^[a-z_]{1,60}$/;

/** @throws Unreadable */
export function readScopes(body: Fields): Reading {
  const current = field(body, "current");
  if (!Array.isArray(current)) throw new Unreadable(because("body_no_scopes"));
  const scopes = current.filter((one): one is string => typeof one === "string" && SCOPE.test(one)).slice(0, MOST);
  return { is: "scopes", scopes };
}
