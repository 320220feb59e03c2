// A statement: SQL with a name, by which each connection prepares it once, and with the types of its rows and its values.

export interface Statement<Row, Values extends unknown[]> {
  /** What it does, in lower case; no two have the same. */
  readonly name: string;
  readonly text: string;
  /** Never there: it carries the types. */
  readonly types?: (values: Values) => Row;
}

export type ValuesOf<S> = S extends Statement<unknown, infer Values> ? Values : never;

/** All of this process: a test prepares each against the tables, and holds its types against theirs. */
export const statements: { name: string; text: string }[] = [];

/** The SQL may be put together from constants, once, when its module is loaded. `Row` is never where it answers no rows. */
export const statement =
  <Row = never, Values extends unknown[] = []>(name: string) =>
  (parts: TemplateStringsArray, ...constants: (string | number)[]): Statement<Row, Values> => {
    const made = { name, text: String.raw({ raw: parts }, ...constants) };
    statements.push(made);
    return made;
  };
