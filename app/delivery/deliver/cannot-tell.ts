// Why a delivery stays in doubt: an answer that leaves it open is another thing than none.
import type { Reason } from "../../base/reason.ts";
import { because } from "../reasons.ts";
import { isAnswer } from "../said.ts";

/** @param last what its last attempt met. */
export const cannotTell = (last: Reason | null): Reason =>
  last && isAnswer(last) ? because("cannot_tell_answered", { said: last }) : because("cannot_tell");
