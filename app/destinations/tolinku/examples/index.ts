// All examples of Tolinku, gathered: what it is told, how its answers are heard, what is asked of it.
import type { Examples } from "../../example.ts";
import { NOW } from "../../sample-events.ts";
import { answerExamples } from "./answer.ts";
import { browsing, carts } from "./behaviour.ts";
import { purchases, refunds } from "./commerce.ts";
import { doubtExamples } from "./doubt.ts";
import { readExamples } from "./read.ts";
import { reductions } from "./reduction.ts";
import { reportExamples } from "./report.ts";

export default {
  now: NOW,
  settings: { domain: "https://your-app.tolinku.com", apiKey: "tolk_sec_example" },
  cases: [
    ...purchases,
    ...refunds,
    ...reductions,
    ...carts,
    ...browsing,
    ...answerExamples,
    ...doubtExamples,
    ...readExamples,
    ...reportExamples,
  ],
} satisfies Examples;
