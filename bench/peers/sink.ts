// In place of the pages: takes what a client sends and answers with as much as a page has, and does nothing for it.
import { existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { setPriority } from "node:os";

const [port = "0", bytes = "0"] = process.argv.slice(2);
const page = Buffer.alloc(Number(bytes), "a");
setPriority(19); // as its clients
if (existsSync("/proc/self/autogroup")) writeFileSync("/proc/self/autogroup", "19");
const server = createServer((request, response) => {
  request.resume().once("end", () => response.end(request.method === "GET" ? page : "taken"));
});
server.listen(Number(port), () => process.send?.("ready"));
process.on("disconnect", () => process.exit());
