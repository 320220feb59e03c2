// All examples of Tolinku, gathered: what it is told, how its answers are heard, what is asked of it.
import type { Examples } from "../example.ts";
import { NOW } from "../sample-events.ts";
import { answerExamples } from "./answer-examples.ts";
import { browsing, carts } from "./behaviour-examples.ts";
import { purchases, refunds } from "./commerce-examples.ts";
import { doubtExamples } from "./doubt-examples.ts";
import { readExamples } from "./read-examples.ts";
import { reductions } from "./reduction-examples.ts";
import { reportExamples } from "./report-examples.ts";

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
