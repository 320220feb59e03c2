// npm run configure -- CLIENT_ID ADDRESS: writes your own app's client id and address into shopify.app.toml, and says what the programs need to know.
import { readFileSync, writeFileSync } from "node:fs";
import { Fault, inProject, main } from "./project.mjs";

await main(() => {
  const [clientId, address, ...more] = process.argv.slice(2);
  if (!clientId || !address || more.length > 0)
    throw new Fault(
      "Say the app's client id and where it is reached: npm run configure -- CLIENT_ID https://app.example.com",
    );
  mustBeClientId(clientId);
  const origin = originOf(address);
  const file = process.env.SHOPIFY_APP_TOML || inProject("shopify.app.toml");
  const lines = {
    client_id: `"${clientId}"`,
    application_url: `"${origin}"`,
    redirect_urls: `["${origin}/auth/callback"]`,
  };
  const toml = Object.entries(lines).reduce(
    (text, [name, value]) => written(text, name, value),
    readFileSync(file, "utf8"),
  );
  writeFileSync(file, toml);
  console.log(`shopify.app.toml names your app and ${origin}. Never run "app config link": it would put an empty configuration in its place.

Give web and worker, with the secret from the app's settings and a key that you keep (openssl rand -base64 32):

SHOPIFY_API_KEY=${clientId}
SHOPIFY_API_SECRET=
SHOPIFY_APP_URL=${origin}
ENCRYPTION_KEY=
DATABASE_URL=`);
  return 0;
});

function mustBeClientId(text) {
  if (!/^[0-9a-f]{32}$/.test(text))
    throw new Fault(
      "A client id has 32 characters, digits and a to f; you find it in the app's settings. The secret is another, and does not go here.",
    );
}

function originOf(text) {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== "https:" || url.username || url.password)
    throw new Fault(
      `The app's address must begin with https://, for Shopify frames nothing else: https://app.example.com`,
    );
  if (url.pathname !== "/" || url.search || url.hash)
    throw new Fault(`The app's address has no path: it is ${url.origin}, is it not?`);
  if (!url.hostname.includes(".") || /(^|\.)example\.(com|org|net)$|\.localhost$|^[\d.]+$|^\[/.test(url.hostname))
    throw new Fault("The app's address must be a name that Shopify and the merchants' browsers can reach.");
  return url.origin;
}

/** The value of a line is changed, whatever stands behind it stays. @throws Fault where there is no such line, or two. */
function written(toml, name, value) {
  const line = new RegExp(`^(${name}[ \\t]*=[ \\t]*)(?:"[^"\\n]*"|\\[[^\\]\\n]*\\])`, "gm");
  if ((toml.match(line) ?? []).length !== 1)
    throw new Fault(
      `shopify.app.toml must have one line "${name} = …"; take the file as it was (git checkout shopify.app.toml).`,
    );
  return toml.replace(line, (_, before) => before + value);
}
