// How messages are cut into batches: as many as a channel takes, and as many bytes, the commas between them too.
import { expect, test } from "vitest";
import { batches } from "../../app/delivery/deliver/batches.ts";
import type { Piece } from "../../app/delivery/deliver/work.ts";

const pieces = (count: number, body: unknown = {}) =>
  Array.from({ length: count }, () => ({ message: { body } }) as Piece);

test("a batch has as many messages as the channel takes, and the last what is left", () => {
  expect(batches(pieces(5), { batch: 2 }).map(({ length }) => length)).toEqual([2, 2, 1]);
  expect(batches(pieces(4), { batch: 4 }).map(({ length }) => length)).toEqual([4]);
  expect(batches([], { batch: 4 })).toEqual([]);
});

test("a list of many small messages is no longer than the channel takes", () => {
  const cut = batches(pieces(24, "x"), { batch: 100, bytes: 50 });
  const bytes = cut.map((batch) => JSON.stringify(batch.map(({ message }) => message.body)).length);
  expect(bytes).toEqual([49, 49]);
});
