// What Home and Needs attention say of Shopify's side: the token, the pixel, the shop's facts, and what could not be read or was not told.
import type { SerializeFrom } from "@remix-run/node";
import type { Told } from "../../base/reason.ts";
import type { Needs } from "../../shopify/needs.ts";
import { count } from "../money.ts";
import { sentence } from "../words.ts";
import type { Point } from "./point.ts";

type Sync = Told<SerializeFrom<Needs>>;

export const foundSince = (missed: number): Point[] =>
  missed > 0
    ? [
        {
          says: `Of ${count(missed, "order")} Shopify had not told all since yesterday: ${missed === 1 ? "it was" : "they were"} found and sent.`,
          url: "/app/missed",
          action: "See which",
        },
      ]
    : [];

export const pixelTrouble = ({ pixel }: Sync): Point[] =>
  pixel.says ? [{ says: `The web pixel: ${sentence(pixel.says)}`, url: "/app/settings", action: "Settings" }] : [];

export const noToken = ({ lacks }: Sync): Point[] =>
  lacks.token ? [{ says: sentence(lacks.token), url: "/app/settings", action: "Settings" }] : [];

export const noFacts = ({ lacks }: Sync): Point[] =>
  lacks.facts
    ? [
        {
          says: `Shopify has not told the shop’s currency, time zone and language yet: ${lacks.facts}.`,
          url: "/app",
          action: "Look again",
        },
      ]
    : [];

export const unread = ({ unreadable }: Sync): Point[] =>
  unreadable === 0
    ? []
    : [{ says: `${count(unreadable, "webhook")} of Shopify could not be read.`, url: "/app/attention", action: "See" }];
