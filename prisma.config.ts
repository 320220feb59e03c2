// Prisma's command line: its migrations run in JavaScript over pg, so that no engine has to be downloaded.
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { defineConfig } from "prisma/config";

/** adapter-pg 6.19 cannot read the catalog's types `"char"` (OID 18) and `name` (19), which the migrations ask for: both are text. */
class CatalogClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.connection.prependListener("rowDescription", ({ fields }: { fields: { dataTypeID: number }[] }) => {
      for (const field of fields) if (field.dataTypeID === 18 || field.dataTypeID === 19) field.dataTypeID = 25;
    });
  }
}

/** adapter-pg splits a migration at every semicolon, also within a function. Sent whole it is one transaction, too. */
class WholeScripts extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
    };
    return adapter;
  }
}

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  experimental: { adapter: true },
  engine: "js",
  adapter: async () =>
    new WholeScripts(new pg.Pool({ connectionString: process.env.DATABASE_URL, Client: CatalogClient })),
});
