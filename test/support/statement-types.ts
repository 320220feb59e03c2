// Reads the statements of app/ as TypeScript sees them: the types of rows and values, and where they are run.
import { join } from "node:path";
import ts from "typescript";

const root = join(import.meta.dirname, "../..");

/** "string", "number", "Date", "Buffer", "null", "string[]", "json" (any plain object, or unknown), "json[]", "json with Date" … */
export type Kinds = string[];
export interface Typed {
  /** "*" where a constant stands: several have been made in one place. */
  name: string;
  /** "app/delivery/receive.ts:27" */
  where: string;
  file: string;
  columns: Map<string, Kinds>;
  values: Kinds[];
}

/** @param files paths below the repository's root. */
export function readTypes(files: string[]): { declared: Typed[]; strange: string[] } {
  const config = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, root);
  const program = ts.createProgram(
    [...files, "app/json.d.ts"].map((file) => join(root, file)),
    options,
  );
  const checker = program.getTypeChecker();
  const declared: Typed[] = [];
  const strange: string[] = [];
  for (const file of files) {
    const source = program.getSourceFile(join(root, file));
    if (!source) throw new Error(`there is no ${file}`);
    const where = (node: ts.Node) => `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.expression.getText() === "statement")
        declared.push({ ...typesOf(checker, node), where: where(node), file });
      else if (ts.isCallExpression(node) && isQuery(node)) {
        const wrong = faultOf(checker, node);
        if (wrong) strange.push(`${where(node)} ${wrong}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { declared, strange };
}

function typesOf(checker: ts.TypeChecker, call: ts.CallExpression): Pick<Typed, "name" | "columns" | "values"> {
  const [row, values] = (call.typeArguments ?? []).map((node) => checker.getTypeFromTypeNode(node));
  const [name] = call.arguments;
  const isRow = row && !(row.flags & ts.TypeFlags.Never);
  return {
    name: nameOf(name),
    columns: new Map(
      (isRow ? checker.getPropertiesOfType(row) : []).map((property) => [
        property.name,
        kindsOf(checker, checker.getTypeOfSymbol(property)),
      ]),
    ),
    values: values ? checker.getTypeArguments(values as ts.TypeReference).map((type) => kindsOf(checker, type)) : [],
  };
}

function nameOf(node: ts.Expression | undefined): string {
  if (node && ts.isStringLiteral(node)) return node.text;
  if (!node || !ts.isTemplateExpression(node)) throw new Error(`the name is no text: ${node?.getText()}`);
  return node.head.text + node.templateSpans.map(({ literal }) => `*${literal.text}`).join("");
}

const isQuery = ({ expression }: ts.CallExpression) =>
  ts.isPropertyAccessExpression(expression) &&
  expression.name.text === "query" &&
  /\b(sql|db)$/i.test(expression.expression.getText());

/** What is run is a statement, and has the values that it needs. */
function faultOf(checker: ts.TypeChecker, { arguments: [what, values] }: ts.CallExpression): string | null {
  const type = what && checker.getTypeAtLocation(what);
  const types = type?.getProperty("types");
  if (!types) return "runs what is no statement";
  const [call] = checker.getNonNullableType(checker.getTypeOfSymbol(types)).getCallSignatures();
  const [given] = call?.parameters ?? [];
  const needs = given && checker.getTypeArguments(checker.getTypeOfSymbol(given) as ts.TypeReference).length > 0;
  return needs && !values ? "lacks its values" : null;
}

function kindsOf(checker: ts.TypeChecker, type: ts.Type): Kinds {
  const parts = type.isUnion() ? type.types : [type];
  return [...new Set(parts.map((part) => kindOf(checker, part)))];
}

function kindOf(checker: ts.TypeChecker, type: ts.Type): string {
  const { flags } = type;
  if (flags & ts.TypeFlags.StringLike) return "string";
  if (flags & ts.TypeFlags.NumberLike) return "number";
  if (flags & ts.TypeFlags.BooleanLike) return "boolean";
  if (flags & ts.TypeFlags.Null) return "null";
  if (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Never)) return "undefined";
  const name = type.getSymbol()?.name ?? "";
  if (/^(Date|Buffer|Uint8Array)$/.test(name)) return name;
  if (checker.isArrayType(type)) {
    const [element] = checker.getTypeArguments(type as ts.TypeReference);
    const kinds = element ? kindsOf(checker, element).filter((kind) => kind !== "null") : [];
    if (kinds.length === 1 && !kinds[0]?.startsWith("json")) return `${kinds[0]}[]`;
  }
  if (holdsDate(checker, type, new Set())) return "json with Date";
  return checker.isArrayType(type) ? "json[]" : "json";
}

/** JSON knows no dates: they come as text. */
function holdsDate(checker: ts.TypeChecker, type: ts.Type, seen: Set<ts.Type>): boolean {
  if (seen.has(type) || !(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.UnionOrIntersection))) return false;
  seen.add(type);
  if (type.isUnion()) return type.types.some((part) => holdsDate(checker, part, seen));
  if (/^(Date|Buffer|Uint8Array)$/.test(type.getSymbol()?.name ?? "")) return true;
  const inside = checker.isArrayType(type)
    ? checker.getTypeArguments(type as ts.TypeReference)
    : [...checker.getPropertiesOfType(type).map((one) => checker.getTypeOfSymbol(one)), ...indexed(checker, type)];
  return inside.some((part) => holdsDate(checker, part, seen));
}

const indexed = (checker: ts.TypeChecker, type: ts.Type) => checker.getIndexInfosOfType(type).map((info) => info.type);
