// Answers a question to the Admin API by really executing it against the published schema, in the shop's budget and with Shopify's shapes of refusal.
import {
  type DocumentNode,
  defaultFieldResolver,
  type ExecutionResult,
  execute,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLFieldResolver,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from "graphql";
import { mustBeGranted } from "./access.ts";
import { adminSchema } from "./admin-schema.ts";
import type { Bucket } from "./bucket.ts";
import { type Bulk, openBulk } from "./bulk.ts";
import { costOf, MOST_FOR_ONE, type Weighing } from "./cost.ts";
import type { World } from "./house.ts";
import type { Memory } from "./memory.ts";
import { openPixels, type Pixels } from "./pixels.ts";
import { openRoot } from "./root.ts";

export interface Question {
  query?: string;
  variables?: Record<string, unknown>;
  operationName?: string;
}
export interface Admin {
  /** @param throttled whatever is left in the bucket. */
  answer(question: Question, throttled?: boolean): object;
  pixels: Pixels;
  bulk: Bulk;
}

export function openAdmin(world: World, memory: Memory, bucket: Bucket): Admin {
  const known = new Map<string, DocumentNode | readonly GraphQLError[]>();
  const pixels = openPixels(world);
  const whole = (query: string) => {
    const document = read(known, query);
    return "kind" in document ? run(world, document, {}, openRoot(world, memory, true)) : { errors: document };
  };
  const bulk = openBulk(world, whole);
  const root = () => ({ ...openRoot(world, memory), ...pixels.root, ...bulk.root });
  return {
    ...{ pixels, bulk },
    answer({ query = "", variables = {}, operationName }, throttled = false) {
      const document = read(known, query);
      if (!("kind" in document)) return { errors: document.map(asShopify) };
      const weighing = weigh(document, variables, operationName);
      if (!weighing) return { errors: [{ message: "No operation of this name" }] };
      const requested = costOf(weighing);
      if (requested > MOST_FOR_ONE) return tooDear(requested);
      const costs = (actual: number | null) => ({
        cost: { requestedQueryCost: requested, actualQueryCost: actual, throttleStatus: bucket.status() },
      });
      if (throttled || (world.limited && !bucket.take(requested)))
        return {
          errors: [{ message: "Throttled", extensions: { code: "THROTTLED", documentation: LIMITS_PAGE } }],
          extensions: costs(null),
        };
      const { data, errors } = run(world, document, variables, root(), operationName);
      const actual = Math.min(requested, costOf(weighing, data ?? null));
      if (world.limited) bucket.giveBack(requested - actual);
      return {
        ...(data === undefined ? {} : { data }),
        ...(errors ? { errors: errors.map(asShopify) } : {}),
        extensions: costs(actual),
      };
    },
  };
}

const LIMITS_PAGE = "https://shopify.dev/api/usage/rate-limits";

/** A field that the stand-in does not know is told apart from one that is empty. */
const resolve: GraphQLFieldResolver<unknown, World> = (source, args, world, info) => {
  mustBeGranted(world, info);
  const has = typeof source === "object" && source !== null && info.fieldName in source;
  if (!has && info.fieldName !== "__typename")
    throw new GraphQLError(
      `The sandbox's stand-in for Shopify does not tell ${info.parentType.name}.${info.fieldName}`,
    );
  return defaultFieldResolver(source, args, world, info);
};

const run = (
  world: World,
  document: DocumentNode,
  variableValues: Record<string, unknown>,
  rootValue: unknown,
  operationName?: string,
) =>
  execute({
    ...{ schema: adminSchema(), document, rootValue, variableValues, operationName, contextValue: world },
    fieldResolver: resolve,
  }) as ExecutionResult;

function read(known: Map<string, DocumentNode | readonly GraphQLError[]>, query: string) {
  const before = known.get(query);
  if (before) return before;
  const document = parsed(query);
  const errors = "kind" in document ? validate(adminSchema(), document) : document;
  const result = errors.length > 0 ? errors : document;
  if (known.size < 500) known.set(query, result);
  return result;
}

function parsed(query: string): DocumentNode | readonly GraphQLError[] {
  try {
    return parse(query);
  } catch (error) {
    return [error as GraphQLError];
  }
}

const isOperation = (node: DocumentNode["definitions"][number]): node is OperationDefinitionNode =>
  node.kind === Kind.OPERATION_DEFINITION;
const isFragment = (node: DocumentNode["definitions"][number]): node is FragmentDefinitionNode =>
  node.kind === Kind.FRAGMENT_DEFINITION;

function weigh({ definitions }: DocumentNode, variables: Record<string, unknown>, name?: string): Weighing | null {
  const operation = definitions.filter(isOperation).find((one) => !name || one.name?.value === name);
  const fragments = Object.fromEntries(definitions.filter(isFragment).map((one) => [one.name.value, one]));
  return operation ? { schema: adminSchema(), operation, fragments, variables } : null;
}

const asShopify = ({ message, locations, path, extensions }: GraphQLError) => ({
  message,
  ...(locations ? { locations } : {}),
  ...(path ? { path } : {}),
  extensions:
    Object.keys(extensions).length > 0 ? extensions : { code: path ? "INTERNAL_SERVER_ERROR" : "undefinedField" },
});

const tooDear = (cost: number) => ({
  errors: [
    {
      message: `Query cost is ${cost}, which exceeds the single query max cost limit (${MOST_FOR_ONE}). See ${LIMITS_PAGE} for more information on how the cost of a query is calculated.`,
      extensions: { code: "MAX_COST_EXCEEDED", cost, maxCost: MOST_FOR_ONE, documentation: LIMITS_PAGE },
    },
  ],
});
