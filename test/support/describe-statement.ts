// Asks PostgreSQL what a statement takes and answers, by preparing it; nothing is run.
import type pg from "pg";

export interface Column {
  name: string;
  type: string;
  /** What its table calls it. */
  origin: string | undefined;
  /** Of a table's column: may it be NULL there? undefined: it is no table's column. */
  nullable: boolean | undefined;
}
export interface Described {
  values: string[];
  columns: Column[];
}
interface Field {
  name: string;
  tableID: number;
  columnID: number;
  dataTypeID: number;
}
interface Wire {
  parse(query: { name: string; text: string; types: number[] }): void;
  describe(what: { type: "S"; name: string }): void;
  sync(): void;
  once(event: string, hear: (message: { dataTypeIDs: number[] }) => void): void;
}

/** @throws what PostgreSQL says of a statement that it cannot prepare. */
export async function describe(client: pg.Client, { name, text }: { name: string; text: string }): Promise<Described> {
  const { values, fields } = await prepare(client, name, text);
  const types = await namesOf(client, [...values, ...fields.map(({ dataTypeID }) => dataTypeID)]);
  const { rows } = await client.query<{ table: number; column: number; origin: string; nullable: boolean }>(
    `SELECT attrelid AS table, attnum::int AS column, attname::text AS origin, NOT attnotnull AS nullable
     FROM pg_attribute
     WHERE attrelid = ANY ($1::oid[])`,
    [fields.map(({ tableID }) => tableID)],
  );
  const own = ({ tableID, columnID }: Field) =>
    rows.find(({ table, column }) => table === tableID && column === columnID);
  return {
    values: values.map((oid) => types.get(oid) ?? "?"),
    columns: fields.map((field) => ({
      name: field.name,
      type: types.get(field.dataTypeID) ?? "?",
      origin: own(field)?.origin,
      nullable: own(field)?.nullable,
    })),
  };
}

async function namesOf(client: pg.Client, oids: number[]): Promise<Map<number, string>> {
  const { rows } = await client.query<{ oid: number; name: string }>(
    "SELECT oid, format_type(oid, NULL) AS name FROM pg_type WHERE oid = ANY ($1::oid[])",
    [oids],
  );
  return new Map(rows.map(({ oid, name }) => [oid, name]));
}

/** By the protocol's Parse and Describe. */
function prepare(client: pg.Client, name: string, text: string): Promise<{ values: number[]; fields: Field[] }> {
  return new Promise((resolve, reject) => {
    const heard = { values: [] as number[], fields: [] as Field[] };
    let failed: Error | null = null;
    client.query({
      submit(wire: unknown) {
        const connection = wire as Wire;
        connection.once("parameterDescription", ({ dataTypeIDs }) => {
          heard.values = dataTypeIDs;
        });
        connection.parse({ name, text, types: [] });
        connection.describe({ type: "S", name });
        connection.sync();
      },
      handleRowDescription({ fields }: { fields: Field[] }) {
        heard.fields = fields;
      },
      handleError(error: Error) {
        failed = error;
        reject(error);
      },
      handleReadyForQuery() {
        if (!failed) resolve(heard);
      },
    } as unknown as pg.Submittable);
  });
}
