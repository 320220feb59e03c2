// npm run chaos [-- --orders N --kills K --webs W --workers W --redis URL]: the table, then all of it as a line of JSON.
import { parseArgs } from "node:util";
import { chaos, type Result } from "./chaos.ts";

const { values } = parseArgs({
  options: {
    orders: { type: "string", default: "5000" },
    kills: { type: "string", default: "12" },
    webs: { type: "string", default: "1" },
    workers: { type: "string", default: "1" },
    redis: { type: "string", default: process.env.REDIS_URL },
  },
});
const databaseUrl = process.env.DATABASE_URL;
if (!databaseUrl) throw new Error("There is no database: run it with `npm run chaos`.");

const result = await chaos({
  databaseUrl,
  redisUrl: values.redis,
  orders: Number(values.orders),
  kills: Number(values.kills),
  webs: Number(values.webs),
  workers: Number(values.workers),
  pause: 2_000,
  freeze: true,
});
print(result);
process.exit(result.broken.length > 0 ? 1 : 0);

function print({ sent, vendors, kills, recovery, caughtUpSeconds, seconds, broken }: Result): void {
  console.table(vendors);
  console.table({ kills, "median ms away": pick(recovery, "median"), "longest ms away": pick(recovery, "longest") });
  console.log(
    `${sent.orders} orders in ${seconds} s; ${sent.resent} webhooks sent again for want of a 200, ${sent.twice} twice for no reason; all settled ${caughtUpSeconds} s after the last.`,
  );
  console.log(broken.length > 0 ? broken.join("\n") : "Every promise held.");
  console.log(JSON.stringify(result));
}

function pick<Name extends string>(of: Record<string, Record<Name, number>>, name: Name) {
  return Object.fromEntries(Object.entries(of).map(([key, value]) => [key, value[name]]));
}
