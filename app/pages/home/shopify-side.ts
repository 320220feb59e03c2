// What Home and Needs attention say of Shopify's side: the token, the pixel, the theme, the shop's facts, and what could not be read or was not told.
import type { Point, Say, Sync } from "./point.ts";

export const foundSince = ({ t }: Say, missed: number): Point[] =>
  missed > 0 ? [{ says: t("point.found", { count: missed }), url: "/app/missed", action: t("point.which") }] : [];

export const pixelTrouble = ({ t, tell }: Say, { pixel }: Sync): Point[] =>
  pixel.says
    ? [{ says: t("point.pixel", { reason: tell(pixel.says) }), url: "/app/settings", action: t("point.settings") }]
    : [];

export const noToken = ({ t, tell }: Say, { lacks }: Sync): Point[] =>
  lacks.token ? [{ says: tell(lacks.token), url: "/app/settings", action: t("point.settings") }] : [];

/** It was on, and a page saw it off. */
export const noEmbed = ({ t, tell }: Say, { alerts }: Sync): Point[] =>
  alerts
    .filter(({ kind }) => kind === "embed")
    .map(({ reason }) => ({ says: tell(reason), url: "/app/settings", action: t("point.settings") }));

export const noFacts = ({ t, tell }: Say, { lacks }: Sync): Point[] =>
  lacks.facts ? [{ says: t("point.facts", { reason: tell(lacks.facts) }), url: "/app", action: t("point.again") }] : [];

export const unread = ({ t }: Say, { unreadable }: Sync): Point[] =>
  unreadable === 0
    ? []
    : [{ says: t("point.unread", { count: unreadable }), url: "/app/attention", action: t("point.see") }];
