// npm run admin-schema: writes the Admin API's schema for the sandbox's stand-in for Shopify, out of the package in which Shopify publishes it.
// Of its words only the access that a type or field requires is kept, as its description.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gunzipSync } from "node:zlib";
import { buildClientSchema, parse, print, printSchema, visit } from "graphql";
import { inProject, main, say } from "./project.mjs";

const PACKAGE = "@shopify/dev-mcp@1.16.0";
const VERSION = "2026-10";

await main(async () => {
  const folder = mkdtempSync(join(tmpdir(), "admin-schema-"));
  try {
    execFileSync("npm", ["pack", PACKAGE, "--silent", "--pack-destination", folder], { stdio: "ignore" });
    execFileSync("tar", ["-xzf", `shopify-dev-mcp-${PACKAGE.split("@").at(-1)}.tgz`], { cwd: folder });
    const file = join(folder, "package", "dist", "data", `admin_${VERSION}.json.gz`);
    const { data, offline_scopes: scopes } = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8"));
    const out = inProject("sandbox", "shopify", `admin-${VERSION}.graphql.br`);
    writeFileSync(out, brotliCompressSync(bare(data, accessIn(scopes.items))));
    say(out);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
});

/** "Order" or "Mutation.webPixelCreate" → the access that it requires. */
function accessIn(items) {
  const required = items.filter(({ requiredAccess }) => requiredAccess);
  return new Map(
    required.map(({ type, typeName, fieldName, requiredAccess }) => [
      type === "type" ? typeName : `${typeName}.${fieldName}`,
      requiredAccess,
    ]),
  );
}

function bare(introspection, access) {
  const described = (node, name) => ({
    ...node,
    description: access.has(name) ? { kind: "StringValue", value: access.get(name) } : undefined,
  });
  const document = parse(printSchema(buildClientSchema(introspection)), { noLocation: true });
  return print(
    visit(document, {
      enter(node, _key, _parent, _path, ancestors) {
        if (!("description" in node)) return undefined;
        const owner = ancestors.findLast((one) => one.kind?.endsWith("Definition"))?.name.value;
        return described(node, node.kind === "FieldDefinition" ? `${owner}.${node.name.value}` : node.name?.value);
      },
    }),
  );
}
