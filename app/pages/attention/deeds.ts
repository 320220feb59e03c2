// The words for what a person can decide about what needs one.
import type { Deed } from "../../delivery/ledger/replays.ts";

const DEEDS: Record<Deed, { going: string; done: string; none: string }> = {
  replay: { going: "Sending again", done: "to be sent again", none: "None: too late, or off" },
  dismiss: { going: "Dismissing", done: "dismissed", none: "None: decided already" },
  "take back": { going: "Taking back", done: "taken back", none: "None: open already" },
  read: { going: "Reading again", done: "to be read again", none: "None: not kept any more" },
};
export const deedWords = (what: Deed) => DEEDS[what];
