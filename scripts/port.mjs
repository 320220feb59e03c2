// Ports of this machine.
import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Fault } from "./project.mjs";

/** One that is free just now, and below those that systems hand out by themselves: until it is used nobody is given it. */
export async function freePort() {
  for (;;) {
    const port = randomInt(10_000, 32_000);
    if (await isFree(port)) return port;
  }
}

/** @param host the address it will be listened on; nothing stands for all of them. */
export async function isFree(port, host) {
  try {
    await listenOnce(port, host);
    return true;
  } catch (error) {
    if (error.code === "EADDRINUSE") return false;
    throw error;
  }
}

function listenOnce(wanted, host) {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(wanted, host, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** @throws where another program has PORT; one that is just ending is given some seconds. */
export async function mustBeFree(port) {
  for (const deadline = Date.now() + 3_000; !(await isFree(port)); await sleep(100)) {
    if (Date.now() > deadline)
      throw new Fault(`PORT ${port} is taken by another program: end it, or set PORT to a free one.`);
  }
}
