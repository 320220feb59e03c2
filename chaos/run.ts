// npm run chaos [-- --orders N --kills K --faults F --webs W --workers W --redis URL]: the table, then all of it as a line of JSON.
import { parseArgs } from "node:util";
import { chaos, type Result } from "./chaos.ts";

const { values } = parseArgs({
  options: {
    orders: { type: "string", default: "5000" },
    kills: { type: "string", default: "12" },
    faults: { type: "string", default: "6" },
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
  faults: Number(values.faults),
  webs: Number(values.webs),
  workers: Number(values.workers),
  pause: 2_000,
  freeze: true,
});
print(result);
process.exit(result.broken.length > 0 ? 1 : 0);

function print({ sent, vendors, blows, cannot, caughtUpSeconds, seconds, broken }: Result): void {
  console.table(vendors);
  console.table(
    Object.fromEntries(
      Object.entries(blows).map(([blow, { times, resent, median, longest }]) => [
        blow,
        { times, "sent again": resent, "median ms until back": median, "longest ms until back": longest },
      ]),
    ),
  );
  const { "full disk": disk, "slow database": slow, "hanging database": hang } = blows;
  if (disk.times > 0) console.log(`Each full disk made PostgreSQL refuse ${disk.trace} writes or more.`);
  for (const [name, { times, trace }] of Object.entries({ slow, hanging: hang }))
    if (times > 0) console.log(`Each ${name} database let a question wait for ${trace} ms or more.`);
  for (const [fault, why] of Object.entries(cannot)) console.log(`Not tried, a ${fault}: ${why}`);
  console.log(
    `${sent.orders} orders in ${seconds} s; ${sent.resent} webhooks sent again for want of a 200 (${sent.late} of them had no answer within 5 s), ${sent.twice} twice for no reason; all settled ${caughtUpSeconds} s after the last.`,
  );
  console.log(broken.length > 0 ? broken.join("\n") : "Every promise held.");
  console.log(JSON.stringify(result));
}
