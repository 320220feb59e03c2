// The embedded pages as a merchant meets them: the real web process and a browser, on a road that the test drives by hand.
import { randomBytes } from "node:crypto";
import type { Page } from "playwright-core";
import { openKeyring } from "../../app/secrets.server.ts";
import { newOrder, type Order, orderCreated } from "../../sandbox/shop.ts";
import { closeBrowser, openPage, type Tab } from "./browser.ts";
import { openTestRoad, type TestRoad } from "./road.ts";
import { framed, startWeb, type Web } from "./web.ts";

export interface Admin {
  trip: TestRoad;
  web: Web;
  tab(viewport?: { width: number; height: number }): Promise<Tab>;
  /** Opens an embedded page, through the bounce page, until its scripts are at work. */
  show(page: Page, path: string): Promise<void>;
  /** Places an order and delivers it. */
  place(facts?: Parameters<typeof newOrder>[0]): Promise<Order>;
  close(): Promise<void>;
}

export async function openAdmin(): Promise<Admin> {
  const key = randomBytes(32).toString("base64");
  const trip = await openTestRoad({ keys: openKeyring(key) });
  const web = await startWeb({
    DATABASE_URL: trip.database.url,
    ENCRYPTION_KEY: key,
    SANDBOX_VENDORS_URL: trip.vendors.url,
    SANDBOX_BUDGETS: "off",
  });
  return {
    trip,
    web,
    tab: (viewport) => openPage({ viewport }),
    async show(page, path) {
      await page.goto(web.url + framed(path));
      await page.waitForURL(/[?&]id_token=/);
      await page.waitForLoadState("networkidle");
    },
    async place(facts) {
      const order = newOrder(facts);
      const { topic, payload } = orderCreated(order);
      await trip.hear(topic, payload);
      await trip.run();
      return order;
    },
    async close() {
      await closeBrowser();
      await web.stop();
      await trip.close();
    },
  };
}
