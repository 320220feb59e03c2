// The shop's own life: buyers who fill a cart, check out, order and pay, told to the app as signed webhooks.
import { randomInt } from "node:crypto";
import {
  asRequest,
  cartCreated,
  cartUpdated,
  checkoutCreated,
  customerUpdated,
  grow,
  newBasket,
  newCheckoutToken,
  newClickId,
  newOrder,
  orderCreated,
  orderPaid,
  refundCreated,
  someBuyer,
  type Webhook,
} from "./shop.ts";

const BETWEEN_BUYERS = 6000;
const BETWEEN_STEPS = 400;
const BEFORE_NEXT_TRY = 1000;

/** Lives until the signal ends it. `appUrl` is the web process, as the webhooks reach it. */
export async function liveOn(appUrl: string, signal: AbortSignal): Promise<void> {
  await untilReady(appUrl, signal);
  while (!signal.aborted) {
    for (const step of oneBuyer()) {
      await post(appUrl, step(), signal);
      await pause(BETWEEN_STEPS, signal);
    }
    await pause(BETWEEN_BUYERS + randomInt(BETWEEN_BUYERS), signal);
  }
}

/** What one buyer does; each step is made when its turn comes, so that it carries the time of that moment. */
export function oneBuyer(): (() => Webhook)[] {
  const buyer = someBuyer();
  const basket = newBasket({ lines: 1, clickId: randomInt(10) < 3 ? newClickId() : undefined });
  const checkoutToken = newCheckoutToken();
  let order: ReturnType<typeof newOrder>;
  const steps: (() => Webhook)[] = [() => cartCreated(basket)];
  for (let more = randomInt(3); more > 0; more--) {
    steps.push(() => {
      grow(basket);
      return cartUpdated(basket);
    });
  }
  if (randomInt(10) < 3) return steps;
  steps.push(() => checkoutCreated(basket, checkoutToken, buyer));
  if (randomInt(10) < 3) return steps;
  steps.push(
    () => customerUpdated(buyer),
    () => {
      order = newOrder({ basket, buyer, checkoutToken });
      return orderCreated(order);
    },
    () => orderPaid(order),
  );
  if (randomInt(10) < 1) steps.push(() => refundCreated(order));
  return steps;
}

async function untilReady(appUrl: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const ready = await fetch(`${appUrl}/readyz`, { signal }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await pause(BEFORE_NEXT_TRY, signal);
  }
}

/** Until it is taken, as Shopify does; a refusal that would stay one is told and dropped. */
async function post(appUrl: string, webhook: Webhook, signal: AbortSignal): Promise<void> {
  const { body, headers } = asRequest(webhook);
  while (!signal.aborted) {
    const status = await fetch(`${appUrl}/webhooks`, { method: "POST", headers, body, signal }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    if (status >= 400 && status < 500) return console.error(`the app refused ${webhook.topic} with ${status}`);
    await pause(BEFORE_NEXT_TRY, signal);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
  });
}
