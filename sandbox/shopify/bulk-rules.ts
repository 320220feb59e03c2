// Which questions a bulk operation takes: at most five connections, two deep, and none inside a plain list.
import {
  type FieldNode,
  GraphQLObjectType,
  getNamedType,
  isListType,
  isNonNullType,
  Kind,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { adminSchema } from "./admin-schema.ts";

const MOST = 5;
const DEEPEST = 2;

/** @returns Shopify's sentence against it; null: it is taken. */
export function connectionsIn(query: string): string | null {
  const schema = adminSchema();
  let document: ReturnType<typeof parse>;
  try {
    document = parse(query);
  } catch (error) {
    return `Invalid bulk query: ${(error as Error).message}`;
  }
  const [wrong] = validate(schema, document);
  if (wrong) return `Invalid bulk query: ${wrong.message}`;
  const types = new TypeInfo(schema);
  const open: ("connection" | "list" | "edges" | "other")[] = [];
  let [all, deepest, inList] = [0, 0, false];
  visit(
    document,
    visitWithTypeInfo(types, {
      [Kind.FIELD]: {
        enter() {
          open.push(kindOf(types));
          if (open.at(-1) !== "connection") return;
          all += 1;
          deepest = Math.max(deepest, open.filter((kind) => kind === "connection").length);
          if (open.includes("list")) inList = true;
        },
        leave(_field: FieldNode) {
          open.pop();
        },
      },
    }),
  );
  if (all === 0) return "Bulk queries must contain at least one connection.";
  if (all > MOST) return `Bulk queries cannot contain more than ${MOST} connections.`;
  if (deepest > DEEPEST) return `Bulk queries cannot contain connections with a nesting depth greater than ${DEEPEST}.`;
  return inList ? "Queries that contain a connection field within a list field are not currently supported." : null;
}

function kindOf(types: TypeInfo): "connection" | "list" | "edges" | "other" {
  const type = types.getType();
  const named = type && getNamedType(type);
  if (!type || !(named instanceof GraphQLObjectType)) return "other";
  if (named.name.endsWith("Connection")) return "connection";
  const isList = isListType(isNonNullType(type) ? type.ofType : type);
  const ofConnection = types.getParentType()?.name.endsWith("Connection");
  return isList ? (ofConnection ? "edges" : "list") : "other";
}
