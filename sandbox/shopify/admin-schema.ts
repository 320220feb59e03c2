// The published schema of the Admin API 2026-10, with the access that each type and field requires. It is built at the first question: that takes a third of a second.
import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";
import { buildSchema, type GraphQLField, type GraphQLSchema, getNamedType, isObjectType } from "graphql";

let built: GraphQLSchema | undefined;

/** Written by `npm run admin-schema`. */
export function adminSchema(): GraphQLSchema {
  const file = () => readFileSync(new URL("./admin-2026-10.graphql.br", import.meta.url));
  built ??= buildSchema(brotliDecompressSync(file()).toString("utf8"), { assumeValid: true, noLocation: true });
  return built;
}

/** In Shopify's words, what a field requires: its own access, or that of what it answers, also through a connection. */
export function requiredAccess(field: GraphQLField<unknown, unknown>): string | null {
  const type = getNamedType(field.type);
  if (field.description) return field.description;
  if (!isObjectType(type)) return null;
  if (!type.name.endsWith("Connection")) return type.description ?? null;
  const node = type.getFields().nodes;
  return (node && requiredAccess(node)) ?? null;
}

/** Any one of them is enough. */
export const scopesIn = (required: string): string[] =>
  [...(required.split("Also:")[0] ?? "").matchAll(/`(\w+)`/g)].map(([, scope]) => scope ?? "");
