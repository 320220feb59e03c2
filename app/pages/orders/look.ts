// What a table of orders looks like: a column for each connection, as long as there is room for them.

const MOST_COLUMNS = 6;

export const crowded = (connections: unknown[]): string => (connections.length > MOST_COLUMNS ? "many" : "");
