// The shop's own life: buyers who fill a cart, check out, order and pay, told to the app as signed webhooks.
import { randomInt, randomUUID } from "node:crypto";
import type { Line } from "./shop/cart.ts";
import { cartSeen, productSeen, searched, type Visitor } from "./shop/visit.ts";
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
  seenByPixel,
  someBuyer,
  type Webhook,
} from "./shop.ts";
import type { Telling } from "./shopify/tellings.ts";
import { SANDBOX_PIXEL_KEY } from "./sign.ts";

const BETWEEN_BUYERS = 6000;
const BETWEEN_STEPS = 400;
const BEFORE_NEXT_TRY = 1000;

/** What happens is remembered by Shopify first, which says how it is told. */
export type Happen = (topic: string, payload: object) => Telling;

/** Lives until the signal ends it. `appUrl` is the web process, as the webhooks reach it. */
export async function liveOn(appUrl: string, happen: Happen, signal: AbortSignal): Promise<void> {
  await untilReady(appUrl, signal);
  while (!signal.aborted) {
    for (const step of oneBuyer()) {
      await tell(appUrl, step(), happen, signal);
      await pause(BETWEEN_STEPS, signal);
    }
    await pause(BETWEEN_BUYERS + randomInt(BETWEEN_BUYERS), signal);
  }
}

/** What one buyer does; each step is made when its turn comes, so that it carries the time of that moment. */
export function oneBuyer(): (() => Webhook)[] {
  const clickId = randomInt(10) < 3 ? newClickId() : undefined;
  const basket = newBasket({ lines: 1, clickId });
  const visitor: Visitor = { clientId: randomUUID(), clickId, basket };
  const [first] = basket.lines as [Line];
  const steps: (() => Webhook)[] = [() => seenByPixel(visitor, { name: "page_viewed", path: "/" })];
  if (randomInt(10) < 3) steps.push(() => seenByPixel(visitor, searched(first)));
  steps.push(
    () => seenByPixel(visitor, productSeen(first)),
    () => cartCreated(basket),
  );
  for (let more = randomInt(3); more > 0; more--) {
    steps.push(() => {
      grow(basket);
      return cartUpdated(basket);
    });
  }
  steps.push(() => seenByPixel(visitor, cartSeen(basket)));
  return randomInt(10) < 3 ? steps : [...steps, ...checkingOut(visitor)];
}

function checkingOut(visitor: Visitor): (() => Webhook)[] {
  const { basket } = visitor;
  const buyer = someBuyer();
  const checkoutToken = newCheckoutToken();
  const path = "/checkouts";
  let order: ReturnType<typeof newOrder>;
  const steps = [
    () => checkoutCreated(basket, checkoutToken, buyer),
    () => seenByPixel(visitor, { name: "checkout_started", path, checkoutToken }),
  ];
  if (randomInt(10) < 3) return steps;
  steps.push(
    () => seenByPixel(visitor, { name: "payment_info_submitted", path, checkoutToken }),
    () => customerUpdated(buyer),
    () => {
      order = newOrder({ basket, buyer, checkoutToken });
      return orderCreated(order);
    },
    () => seenByPixel(visitor, { name: "checkout_completed", path, checkoutToken, orderId: String(order.id) }),
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

type Signed = { topic: string } & ReturnType<typeof asRequest>;

async function tell(appUrl: string, webhook: Webhook, happen: Happen, signal: AbortSignal): Promise<void> {
  if (webhook.topic === "pixel") return postAsPixel(appUrl, webhook, signal);
  const { times, after } = happen(webhook.topic, webhook.payload);
  const signed = { topic: webhook.topic, ...asRequest(webhook) };
  if (after > 0) return void pause(after, signal).then(() => post(appUrl, signed, signal));
  for (let time = 0; time < times; time += 1) await post(appUrl, signed, signal);
}

/** Until it is taken, as Shopify does; a refusal that would stay one is told and dropped. */
async function post(appUrl: string, { topic, body, headers }: Signed, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const status = await fetch(`${appUrl}/webhooks`, { method: "POST", headers, body, signal }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    if (status >= 400 && status < 500) return console.error(`the app refused ${topic} with ${status}`);
    await pause(BEFORE_NEXT_TRY, signal);
  }
}

/** Once, and without a look at the answer, as a browser does. */
async function postAsPixel(appUrl: string, { payload }: Webhook, signal: AbortSignal): Promise<void> {
  const headers = { "content-type": "text/plain;charset=UTF-8" };
  const post = { method: "POST", headers, body: JSON.stringify(payload), signal };
  await fetch(`${appUrl}/pixel/${SANDBOX_PIXEL_KEY}`, post).catch(() => null);
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
