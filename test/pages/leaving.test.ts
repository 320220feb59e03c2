// Who leaves a page with something unsaved: they are asked first, however long they think about it.
import { expect, test } from "vitest";
import { merchantAtPages } from "../support/merchant.ts";

const merchant = merchantAtPages();
const { open, press, answer, says } = merchant;
const page = () => merchant.tab.page;

test("who leaves with something unsaved is asked first, and who saved is not", async () => {
  await open("/app/shopipixel");
  await page().getByLabel("API key").fill("sp_sandbox_write");
  const home = page().getByRole("link", { name: "Home" }).last();
  await home.click();
  await says("What you changed here is not saved.");
  await answer("Stay");
  expect(await page().getByLabel("API key").inputValue()).toBe("sp_sandbox_write");
  await press("Save");
  await press("Save anyway"); // it may not read
  await says("Saved.");
  await home.click();
  await page().getByRole("heading", { name: "Latest orders" }).waitFor();
  await open("/app/settings");
  const limit = page().getByLabel("Ended without arriving");
  await limit.fill("33");
  await press("Save the limits");
  await says("Saved.");
  // What is typed after a save is not saved, nor is what was refused.
  await limit.fill("34");
  await expect.poll(() => page().getByText("Saved.", { exact: true }).count()).toBe(0);
  await home.click();
  await answer("Stay");
  await limit.fill("33");
  await page().getByLabel("Events in a day, at most").fill("none");
  await press("Save the limit");
  await says(/^Give a whole number/);
  await home.click();
  await answer("Leave");
  await page().getByRole("heading", { name: "Latest orders" }).waitFor();
});

test("who is asked whether to leave stays asked while the page is refreshed, and gets where they wanted", async () => {
  await open("/app/shopipixel");
  await page().getByLabel("API key").fill("sp_sandbox_write");
  const refreshed = () => page().waitForResponse((response) => new URL(response.url()).searchParams.has("_data"));
  for (const choice of ["Stay", "Leave"]) {
    await page().getByRole("link", { name: "Home" }).last().click();
    await says("What you changed here is not saved.");
    // The second begins when the first is over.
    await refreshed();
    await refreshed();
    await answer(choice);
    if (choice === "Stay") expect(await page().getByLabel("API key").inputValue()).toBe("sp_sandbox_write");
  }
  await page().getByRole("heading", { name: "Latest orders" }).waitFor();
});
