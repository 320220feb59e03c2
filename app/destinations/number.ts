// JSON numbers that a vendor's document asks for, out of exact text.

/** A JSON number with exactly these digits; a float never touches it. */
export function decimal(text: string): unknown {
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new TypeError(`not a decimal number: ${JSON.stringify(text)}`);
  return JSON.rawJSON(text.replace(/^(-?)0+(?=\d)/, "$1"));
}

/** A JSON number out of one of Shopify's ids, exact above 2^53. */
export function integer(id: string): unknown {
  if (!/^\d+$/.test(id)) throw new TypeError(`not a whole number: ${JSON.stringify(id)}`);
  return JSON.rawJSON(id.replace(/^0+(?=\d)/, ""));
}
