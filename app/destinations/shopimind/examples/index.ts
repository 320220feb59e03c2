// All examples of ShopiMind, gathered: what it is told, what must be known to it first, and how its answers are heard.
import type { Examples } from "../../example.ts";
import { NOW } from "../../sample-events.ts";
import { answerExamples } from "./answer.ts";
import { catalogExamples } from "./catalog.ts";
import { checkoutExamples } from "./checkout.ts";
import { collectionExamples } from "./collection.ts";
import { customerExamples } from "./customer.ts";
import { doubtExamples } from "./doubt.ts";
import { groundworkExamples } from "./groundwork.ts";
import { needsExamples } from "./needs.ts";
import { orderExamples } from "./order.ts";
import { orderMoneyExamples } from "./order-money.ts";
import { readExamples } from "./read.ts";
import { removalExamples } from "./removal.ts";

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
