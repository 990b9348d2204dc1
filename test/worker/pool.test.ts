import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { inParallel } from "../../src/worker/pool.js";

test.each([
  [1, 5, 1],
  [3, 5, 3],
  [8, 5, 5],
])("%d jobs work on %d items %d at once, each item once, in their order", async (jobs, items, most) => {
  let running = 0;
  let highest = 0;
  const begun: number[] = [];
  const work = async (item: number) => {
    begun.push(item);
    highest = Math.max(highest, ++running);
    await turn();
    running--;
  };
  await inParallel([...Array(items).keys()], work, { jobs });
  expect(begun).toEqual([...Array(items).keys()]);
  expect(highest).toBe(most);
});

test("after an abort none is begun", async () => {
  const abort = new AbortController();
  const begun: number[] = [];
  const work = async (item: number) => {
    begun.push(item);
    if (item === 1) abort.abort();
  };
  await inParallel([0, 1, 2, 3], work, { jobs: 1, signal: abort.signal });
  expect(begun).toEqual([0, 1]);
});
