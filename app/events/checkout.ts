// Reads checkouts: when one was started, and when its buyer gave a way to be reached.

import { boughtAt, boughtKeys } from "./bought.ts";
import { checkoutKey, idKeys, lastCheckout, rememberCheckout, wasDeleted } from "./checkout-memory.ts";
import { bestEmail, bestPhone } from "./contact.ts";
import type { Event } from "./event.ts";
import type { Time, Visitor } from "./facts.ts";
import { field, must, object, objects, ownId, shortText, text, time } from "./fields.ts";
import { items } from "./item.ts";
import type { Fields } from "./json.ts";
import { subjectOf } from "./keys.ts";
import { checkoutAmounts } from "./money.ts";
import type { Heard, Known, Reading } from "./reading.ts";
import type { Checkout } from "./shopping.ts";
import { told } from "./source.ts";
import { rememberSource, sourceKeys, withSource } from "./source-memory.ts";
import { tokenOf } from "./token.ts";
import { frame, when } from "./version.ts";
import { remember, type Tokens, visitor, visitorKeys } from "./visitor.ts";
import { asInCatalog, wareKeys } from "./wares.ts";

/** checkouts/create, checkouts/update: either of them says that it was started. @throws Unreadable */
export function readCheckout(body: Fields, heard: Heard): Reading {
  const own = told(body);
  const token = must((from, name) => tokenOf(field(from, name)), body, "token", "a_checkout_token");
  const id = ownId(body);
  const customerId = ownId(object(body, "customer"));
  const tokens: Tokens = {
    checkout: token,
    cart: tokenOf(field(body, "cart_token")),
    customer: customerId,
    embed: own.visitorId,
  };
  const facts = checkoutFacts(body, token, customerId, heard);
  const normalize = (known: Known) => {
    const who = visitor(tokens, own, known, heard);
    const items = asInCatalog(facts.items, known);
    const checkout: Checkout = {
      ...{ ...facts, items, completedAt: completedAt(facts, tokens, known) },
      ...{ ...who, source: withSource(own.source, tokens, who.consent, known) },
    };
    const visitors = remember(tokens, who, checkout.updatedAt, known, heard);
    const sources = sourceKeys({ checkout: token }).flatMap((key) =>
      rememberSource(key, own, who.consent, checkout.updatedAt, known, heard),
    );
    return {
      events: happenings(checkout, wasDeleted({ id, token }, known), heard),
      snapshots: [...rememberCheckout(id, checkout, known, heard), ...visitors, ...sources],
    };
  };
  const visitors = [...sourceKeys(tokens), ...visitorKeys(tokens)];
  const needs = [checkoutKey(token), ...idKeys(id), ...boughtKeys(tokens), ...visitors, ...wareKeys(facts.items)];
  return { is: "events", needs, normalize };
}

/** Once it became an order it stays one, whichever webhook said so, and in whatever order they come. */
const completedAt = ({ token, completedAt: own, createdAt }: Facts, tokens: Tokens, known: Known): Time | null => {
  const bought = boughtAt(tokens, known);
  const since = bought && Date.parse(bought) >= Date.parse(createdAt) ? bought : null;
  return own ?? lastCheckout(token, known)?.completedAt ?? since;
};

type Facts = Omit<Checkout, keyof Visitor | "source">;

function checkoutFacts(body: Fields, token: string, customerId: string | null, heard: Heard): Facts {
  const lines = items(body);
  const updatedAt = when(heard, time(body, "updated_at"), time(body, "created_at"));
  return {
    token,
    cartToken: tokenOf(field(body, "cart_token")),
    createdAt: time(body, "created_at") ?? updatedAt,
    updatedAt,
    amounts: checkoutAmounts(body, lines),
    items: lines,
    completedAt: time(body, "completed_at"),
    email: bestEmail(body),
    phone: bestPhone(body),
    customerId,
    locale: text(body, "customer_locale"),
    discountCodes: objects(body, "discount_codes").flatMap((one) => text(one, "code") ?? []),
    recoveryUrl: shortText(field(body, "abandoned_checkout_url"), 2048),
  };
}

function happenings(checkout: Checkout, isGone: boolean, heard: Heard): Event[] {
  const about = {
    subject: subjectOf("checkout", checkout.token),
    version: null,
    ...frame(heard, checkout.updatedAt),
    checkout,
  };
  const started: Event = {
    kind: "checkout.started",
    key: subjectOf("checkout", checkout.token),
    occurredAt: checkout.createdAt,
    ...about,
  };
  const reachable = checkout.email || checkout.phone || checkout.customerId;
  if (!reachable || checkout.completedAt || isGone) return [started];
  const key = `contact:${checkout.token}`;
  return [started, { kind: "checkout.contact_given", key, occurredAt: checkout.updatedAt, ...about }];
}
