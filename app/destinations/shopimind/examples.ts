// All examples of ShopiMind, gathered: what it is told, what must be known to it first, and how its answers are heard.
import type { Examples } from "../example.ts";
import { NOW } from "../sample-events.ts";
import { answerExamples } from "./answer-examples.ts";
import { catalogExamples } from "./catalog-examples.ts";
import { checkoutExamples } from "./checkout-examples.ts";
import { collectionExamples } from "./collection-examples.ts";
import { customerExamples } from "./customer-examples.ts";
import { doubtExamples } from "./doubt-examples.ts";
import { groundworkExamples } from "./groundwork-examples.ts";
import { needsExamples } from "./needs-examples.ts";
import { orderExamples } from "./order-examples.ts";
import { orderMoneyExamples } from "./order-money-examples.ts";
import { readExamples } from "./read-examples.ts";
import { removalExamples } from "./removal-examples.ts";

export default {
  now: NOW,
  settings: { apiKey: "example-shopimind-key-0001" },
  cases: [
    ...customerExamples,
    ...orderExamples,
    ...orderMoneyExamples,
    ...catalogExamples,
    ...collectionExamples,
    ...checkoutExamples,
    ...needsExamples,
    ...groundworkExamples,
    ...answerExamples,
    ...removalExamples,
    ...doubtExamples,
    ...readExamples,
  ],
} satisfies Examples;
