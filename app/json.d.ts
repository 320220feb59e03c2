// JSON.rawJSON is in Node 24 but not yet in TypeScript's library.
interface JSON {
  rawJSON(text: string): unknown;
}
