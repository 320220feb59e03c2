// The house of the texts: what people read is in the catalogue, not in the pages' code.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const files = ["app/pages", "app/routes"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.d\.ts$/.test(name))
    .map((name) => relative(root, join(root, folder, name))),
);

const READ = new Set([
  "title",
  "subtitle",
  "label",
  "labelHidden",
  "says",
  "content",
  "placeholder",
  "helpText",
  "alt",
]);
for (const name of ["aria-label", "heading", "first", "suffix", "prefix", "accessibilityLabel", "summary"])
  READ.add(name);
const NOT_READ = /^(className|class|style|rel|d|viewBox|transform|sizes|allow|name|value|intent|content-type)$/;
const isWord = (text: string) => /\p{L}{2}/u.test(text) && text !== "Switchyard";
/** Two words in a row, or one beside a value. */
const isSentence = (text: string) => /(\p{L}{2,}[,;:.]?|…) \p{L}+|\p{L}{2,} …/u.test(text);

/** @returns the texts that somebody reads, as far as code can tell. */
function textsOf(file: string, code: string): string[] {
  const found: string[] = [];
  const nameOf = (node: ts.Node | undefined) =>
    node && (ts.isJsxAttribute(node) || ts.isPropertyAssignment(node)) ? node.name.getText().replace(/"/g, "") : "";
  /** A name that code goes by: compared, chosen by, or looked up. */
  const isCode = ({ parent }: ts.Node) =>
    ts.isCaseClause(parent) ||
    ts.isElementAccessExpression(parent) ||
    (ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText()));
  const isKey = (node: ts.Node) => ts.isPropertyAssignment(node.parent) && node.parent.name === node;
  const visit = (node: ts.Node): void => {
    // What is thrown or imported is for nobody who looks at a page; SQL and the like are no pages' matter.
    if (ts.isNewExpression(node) || ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
    if ((ts.isJsxAttribute(node) || ts.isPropertyAssignment(node)) && NOT_READ.test(nameOf(node))) return;
    if (ts.isJsxText(node) && isWord(node.text)) found.push(node.text.trim());
    if (ts.isStringLiteral(node) && (isCode(node) || isKey(node))) return;
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      const named = READ.has(nameOf(node.parent));
      if (isSentence(node.text) || (named && isWord(node.text))) found.push(node.text);
    }
    if (ts.isTemplateExpression(node)) {
      const text = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("…");
      if (isSentence(text)) found.push(text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
}

test("what people read on the pages is in the catalogue", () => {
  const outside = files
    .map((file) => [file, textsOf(file, readFileSync(join(root, file), "utf8"))] as const)
    .filter(([, texts]) => texts.length > 0);
  expect(outside).toEqual([]);
});

test("a text is found where it stands: between tags, as a title, in a ternary, with values, in an object", () => {
  const found = (code: string) => textsOf("one.tsx", code);
  expect(found("<p>Home</p>")).toEqual(["Home"]);
  expect(found('<Page title="Settings" className="wide table" />')).toEqual(["Settings"]);
  expect(found('<p>{on ? "All is well" : t("shell.not")}</p>')).toEqual(["All is well"]);
  expect(found("const says = `Sent $" + "{n} orders`")).toEqual(["Sent … orders"]);
  expect(found('const action = { content: "Cancel", onAction }')).toEqual(["Cancel"]);
  expect(found('const done = which === "alert url" ? deeds["alert url"] : { "alert url": keep }')).toEqual([]);
  expect(found('throw new Error("nobody reads this")')).toEqual([]);
});

const NARROW = "\u202f";
const WIDE = "\u00a0";
/** Of French texts: a space before a high mark, or beside a quotation mark, at which a line may break, or of the other width. */
const LOOSE = new RegExp(`[^${NARROW}][;?!»]|«[^${NARROW}]|[^${WIDE}](:(?=\\s|$)|%)`, "u");

test("French texts have a narrow space that holds before ; ? ! and within « », and a wide one before a colon", () => {
  const folder = join(root, "app/pages/texts/fr");
  const texts = (of: unknown): string[] =>
    typeof of === "string" ? [of] : Object.values(of as object).flatMap((one) => texts(one));
  const loose = readdirSync(folder).flatMap((file) =>
    texts(JSON.parse(readFileSync(join(folder, file), "utf8"))).filter((text) => LOOSE.test(text)),
  );
  expect(loose).toEqual([]);
});
