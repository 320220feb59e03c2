// What a merchant is told of how it goes: one source for Home and for the page of what needs attention.

import { type Alert, openAlerts } from "../delivery/alerts/alerts.ts";
import { type Ended, endedConnections } from "../delivery/ledger/ended.ts";
import { type ConnectionState, syncState } from "../delivery/ledger/ledger.ts";
import { countUnreadable } from "../delivery/ledger/unreadable.ts";
import type { Road } from "../delivery/road.ts";
import { type PixelState, pixelState } from "./pixel.ts";
import { type Lacks, lacksOf } from "./set-up.ts";

export interface Needs {
  now: string;
  connections: ConnectionState[];
  ended: Ended[];
  /** How many webhooks could not be read. */
  unreadable: number;
  alerts: Alert[];
  pixel: PixelState;
  /** What Shopify has not told. */
  lacks: Lacks;
}

export async function needsOf(road: Road, shop: string): Promise<Needs> {
  const [connections, ended, unread, alerts, pixel, lacks] = await Promise.all([
    syncState(road, shop),
    endedConnections(road, shop),
    countUnreadable(road, shop),
    openAlerts(road, shop),
    pixelState(road, shop),
    lacksOf(road, shop),
  ]);
  return { now: new Date().toISOString(), connections, ended, unreadable: unread, alerts, pixel, lacks };
}
