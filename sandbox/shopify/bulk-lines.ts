// The file of a bulk operation: a line per object, the children apart from their parents and after all of them, with __parentId.

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const nodesOf = (value: Json): Json[] | null =>
  Array.isArray(value.edges)
    ? value.edges.map(({ node }: { node: Json }) => node)
    : Array.isArray(value.nodes)
      ? (value.nodes as Json[])
      : null;

export function jsonLines(data: unknown): string[] {
  let [level, lines] = [connectionsOf(data, null), [] as string[]];
  while (level.length > 0) {
    const next: Found[] = [];
    for (const { node, parent } of level) {
      next.push(...connectionsOf(node, node.id));
      const line = { ...withoutConnections(node), ...(parent ? { __parentId: parent } : {}) };
      lines.push(JSON.stringify(line));
    }
    level = next;
  }
  return lines;
}

interface Found {
  node: Json;
  parent: unknown;
}

function connectionsOf(value: unknown, parent: unknown): Found[] {
  if (!isObject(value)) return [];
  return Object.values(value).flatMap((part) => {
    if (!isObject(part)) return [];
    return nodesOf(part)?.map((node) => ({ node, parent })) ?? connectionsOf(part, parent);
  });
}

const withoutConnections = (value: Json): Json =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => !(isObject(part) && nodesOf(part)))
      .map(([name, part]) => [name, isObject(part) ? withoutConnections(part) : part]),
  );
