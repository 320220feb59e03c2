// Lines of a table as spreadsheets read them (RFC 4180), in which no text is ever taken for a formula.

type Cell = string | number | null;

/** In front of a file: without it spreadsheets take UTF-8 for something else. */
export const CSV_START = "\uFEFF";

export const csvLine = (cells: Cell[]): string => `${cells.map(written).join(",")}\r\n`;

/** What begins like a formula is run where it is opened, also behind blanks; an apostrophe makes it text. A number is none. */
function written(cell: Cell): string {
  if (cell === null || typeof cell === "number") return String(cell ?? "");
  const text = /^[\s\0]*[=+\-@|%＝＋－＠]|^[\t\r\n]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell;
  return /^[\w .:-]*$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}
