// What a question costs in Shopify's points.
import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

/** What one question may cost at most. */
export const MOST_FOR_ONE = 1_000;

export interface Weighing {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: Record<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
}

/** A mutation 10, an object 1, a connection 2 and what its items cost. @param data counts what came; without it, what was asked for. */
export function costOf({ schema, operation, fragments, variables }: Weighing, data?: unknown): number {
  const numberOf = (field: FieldNode) => {
    const given = field.arguments?.find(({ name }) => name.value === "first" || name.value === "last")?.value;
    const number =
      given?.kind === Kind.VARIABLE ? variables[given.name.value] : given?.kind === Kind.INT ? given.value : null;
    return number === null || number === undefined ? null : Number(number);
  };
  const inside = (
    set: SelectionSetNode | undefined,
    type: GraphQLOutputType,
    value: unknown,
    items: number,
  ): number => {
    const named = getNamedType(type);
    let sum = 0;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        const field =
          named instanceof GraphQLObjectType || "getFields" in named
            ? (named as GraphQLObjectType).getFields()[selection.name.value]
            : undefined;
        if (field)
          sum += ofField(
            selection,
            field.type,
            (value as Record<string, unknown> | undefined)?.[(selection.alias ?? selection.name).value],
            items,
          );
        continue;
      }
      const part = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
      const on = part?.typeCondition ? schema.getType(part.typeCondition.name.value) : named;
      if (part && on) sum += inside(part.selectionSet, on as GraphQLOutputType, value, items);
    }
    return sum;
  };
  const ofField = (field: FieldNode, type: GraphQLOutputType, value: unknown, items: number): number => {
    const named = getNamedType(type);
    if (!isCompositeType(named)) return 0;
    if (data !== undefined && (value === null || value === undefined)) return 0;
    if (named.name.endsWith("Connection")) return 2 + inside(field.selectionSet, type, value, numberOf(field) ?? 10);
    // An edge is nothing of its own: its node is.
    const own = named.name.endsWith("Edge") || named.name === "PageInfo" ? 0 : 1;
    if (!isListType(isNonNullType(type) ? type.ofType : type)) return own + inside(field.selectionSet, type, value, 0);
    const each = (one: unknown) => own + inside(field.selectionSet, type, one, 0);
    if (data !== undefined) return Array.isArray(value) ? value.reduce((sum: number, one) => sum + each(one), 0) : 0;
    return each(undefined) * Math.max(1, items);
  };
  const root = schema.getRootType(operation.operation);
  const mutation = operation.operation === "mutation" ? 10 : 0;
  return root ? Math.max(1, mutation + inside(operation.selectionSet, root, data, 0)) : 1;
}
