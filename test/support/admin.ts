// The embedded pages as a merchant meets them: the real web process and a browser, on a road that the test drives by hand.
import { randomBytes } from "node:crypto";
import type { Page } from "playwright-core";
import { openKeyring } from "../../app/base/secrets.ts";
import { seedSandbox } from "../../sandbox/seed.ts";
import { newOrder, type Order, orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { closeBrowser, openPage, type Tab } from "./browser.ts";
import { openTestRoad, type TestRoad } from "./road.ts";
import { framed, startWeb, tokenFor, type Web } from "./web.ts";

export interface Admin {
  trip: TestRoad;
  web: Web;
  tab(viewport?: { width: number; height: number }): Promise<Tab>;
  /** Opens an embedded page as App Bridge does, with a session token, until its scripts are at work. */
  show(page: Page, path: string): Promise<void>;
  /** Places an order and delivers it. */
  place(facts?: Parameters<typeof newOrder>[0]): Promise<Order>;
  /** The shop as it was at first, for the next test on the same process: nothing happened, five connections, vendors that are well. */
  anew(): Promise<void>;
  close(): Promise<void>;
}

export async function openAdmin(): Promise<Admin> {
  const key = randomBytes(32).toString("base64");
  const trip = await openTestRoad({ keys: openKeyring(key) }, undefined, { passing: true });
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
      await page.goto(`${web.url}${framed(path)}&id_token=${tokenFor(SANDBOX_SHOP)}`);
      await awake(page);
    },
    async place(facts) {
      const order = newOrder(facts);
      const { topic, payload } = orderCreated(order);
      await trip.hear(topic, payload);
      await trip.run();
      return order;
    },
    anew: () => anew(trip),
    async close() {
      await closeBrowser();
      await web.stop();
      await trip.close();
    },
  };
}

/**
 * React has taken the page over. It marks the elements while it still reads them, and what is typed then nobody hears of: so its root is
 * asked, which knows when it has drawn.
 */
export async function awake(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const [, root] = Object.entries(document).find(([key]) => key.startsWith("__reactContainer")) ?? [];
    return root?.stateNode.current.memoizedState.isDehydrated === false;
  });
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
}

async function anew({ road, database, vendors }: TestRoad): Promise<void> {
  for (const { slug } of road.destinations) vendors.misbehave(slug as Parameters<typeof vendors.misbehave>[0], null);
  await database.db.query(EMPTY);
  await seedSandbox(road);
}

// By their names what counts comes after what is counted. To delete the few rows of a test is faster than to truncate.
const EMPTY = `DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('_prisma_migrations', 'session') ORDER BY 1
  LOOP EXECUTE format('DELETE FROM %I', name); END LOOP; END $$`;
