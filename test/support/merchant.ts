// A merchant at the embedded pages: one web process for a test file, and a tab of their own for each test.
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { type Admin, openAdmin } from "./admin.ts";
import type { Tab } from "./browser.ts";

export interface Merchant {
  readonly admin: Admin;
  readonly tab: Tab;
  open(path: string): Promise<void>;
  /** Presses the button of exactly this name. */
  press(name: string): Promise<void>;
  /** Presses a dialog's button. It fades: until it is gone its button would be found beside the page's own. */
  answer(name: string): Promise<void>;
  /** Waits until the page says so. */
  says(text: string | RegExp): Promise<void>;
}

interface Beginning {
  /** Each test begins with the shop as it was at first. */
  anew?: boolean;
  /** Once, before the first test. */
  first?: (admin: Admin) => Promise<void>;
}

/** To be called once at the top of a test file: it opens and closes all that is needed. Neither the process nor a page may complain. */
export function merchantAtPages({ anew = true, first }: Beginning = {}): Merchant {
  let admin: Admin;
  let tab: Tab;
  beforeAll(async () => {
    admin = await openAdmin();
    await first?.(admin);
  });
  afterAll(async () => {
    await admin?.close();
    expect(admin.web.said()).toBe("");
  });
  beforeEach(async () => {
    if (anew) await admin.anew();
    tab = await admin.tab();
  });
  afterEach(async () => {
    await tab?.close();
    expect(tab.complaints).toEqual([]);
  });
  const button = (name: string) => ({ name, exact: true });
  return {
    get admin() {
      return admin;
    },
    get tab() {
      return tab;
    },
    open: (path) => admin.show(tab.page, path),
    press: (name) => tab.page.getByRole("button", button(name)).click(),
    async answer(name) {
      const dialog = tab.page.getByRole("dialog");
      await dialog.getByRole("button", button(name)).click();
      await dialog.waitFor({ state: "detached" });
    },
    says: (text) => tab.page.getByText(text).first().waitFor(),
  };
}
