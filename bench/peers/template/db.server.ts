// The template's db.server: one Prisma client for the process, on a pool of ten.
import { PrismaPg } from "@prisma/adapter-pg";

interface Webhook {
  id: bigint;
  topic: string;
  shop: string;
  payload: unknown;
}
/** As far as it is used; `npm run bench` generates the client itself from schema.prisma. */
interface Client {
  webhook: {
    create(args: { data: object }): Promise<Webhook>;
    findUniqueOrThrow(args: { where: { id: bigint } }): Promise<Webhook>;
    update(args: { where: { id: bigint }; data: { deliveredAt: Date } }): Promise<Webhook>;
  };
}

const GENERATED = new URL("../../../.cache/template-client/index.js", import.meta.url).href;
const { PrismaClient } = (await import(GENERATED)).default as {
  PrismaClient: new (options: { adapter: PrismaPg }) => Client;
};
const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL, max: 10 });
export default new PrismaClient({ adapter });
