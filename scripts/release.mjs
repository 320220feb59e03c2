// npm run build: builds the pages, so that production needs none of the build tools (`npm ci --omit=dev`).
import { prepare } from "./prepare.mjs";
import { main } from "./project.mjs";

await main(async () => void (await prepare()));
