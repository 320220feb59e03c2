// The turns of the pages: few at a time, in order, and whoever waits for somebody outside keeps nobody back.
import { setImmediate as soon } from "node:timers/promises";
import { expect, test } from "vitest";
import { openTurns } from "../../app/doors/turns.ts";

/** A timer whose time passes when the test says so. */
function openHand() {
  const sleeping: (() => void)[] = [];
  const sleep = (_milliseconds: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      sleeping.push(resolve);
      signal?.addEventListener("abort", () => resolve());
    });
  return {
    timer: { elapsed: () => 0, sleep, every: () => () => {} },
    pass: () => {
      for (const go of sleeping.splice(0)) go();
    },
  };
}

test("two work at a time; the next begins when one of them ends, in the order in which they came", async () => {
  const { timer } = openHand();
  const turn = openTurns({ most: 2, longest: 100, timer });
  const begun: number[] = [];
  const ends = [0, 1, 2, 3].map(async (number) => {
    const end = await turn();
    begun.push(number);
    return end;
  });
  await soon();
  expect(begun).toEqual([0, 1]);
  (await ends[1])?.();
  await soon();
  expect(begun).toEqual([0, 1, 2]);
  (await ends[0])?.();
  (await ends[2])?.();
  await soon();
  expect(begun).toEqual([0, 1, 2, 3]);
});

test("whoever takes long makes room once, and not again when it ends", async () => {
  const { timer, pass } = openHand();
  const turn = openTurns({ most: 1, longest: 100, timer });
  const begun: number[] = [];
  const ends = [0, 1, 2].map(async (number) => {
    const end = await turn();
    begun.push(number);
    return end;
  });
  await soon();
  pass();
  await soon();
  expect(begun).toEqual([0, 1]);
  (await ends[0])?.();
  await soon();
  expect(begun).toEqual([0, 1]);
  (await ends[1])?.();
  await soon();
  expect(begun).toEqual([0, 1, 2]);
});
