import { expect, test } from "vitest";
import { catalogue } from "../../src/losses/catalogue.js";
import type { ExactPoint } from "../../src/oracle/exact-function.js";
import { PRECISIONS, resolve } from "../../src/oracle/oracle.js";
import { isNarrow } from "./contains.js";
import { enclosuresOf, exactly, find, floats, precisions } from "./disagreements.js";

const loss = (name: string) => catalogue.find((each) => each.name === name)!;
const narrow = (point: ExactPoint) => enclosuresOf(point).every(isNarrow);
const at = (name: string, implementations: string[], x: number, z: number, settled = narrow) =>
  resolve(
    implementations.map((each) => exactly(find(loss(name), each), [1])),
    precisions,
    floats([x]),
    floats([z]),
    settled,
  );

test.each([
  [20, 128],
  // 1 + exp(-200) needs 289 bits, and 52 more for the digits of what is left.
  [200, 512],
  [1e4, 16384],
])("the naive formula at %d needs %d bits", (x, bits) => {
  const result = at("sigmoid-cross-entropy", ["naive"], x, 0);
  expect([result.bits, result.settled]).toEqual([bits, true]);
  expect(result.point.value.lo).toBeCloseTo(x, 8);
});

test("with a better reference 128 are enough", () => {
  expect(at("sigmoid-cross-entropy", ["naive", "softplus"], 1e4, 0)).toMatchObject({
    bits: 128,
    settled: true,
  });
});

test("what no precision up to the cap tells stays open, with the widest bits that were tried", () => {
  const result = at("sigmoid-cross-entropy", ["naive"], 1e6, 0);
  expect(result.settled).toBe(false);
  expect(result.bits).toBe(PRECISIONS[PRECISIONS.length - 1]);
});

test("a verdict that no float64 enclosure allows ends the search at once", () => {
  const result = at("softplus", ["library"], 40, 0, ({ value }) => value.lo === value.hi);
  expect(result).toMatchObject({ bits: 128, settled: false });
  // 40 + exp(-40): between two neighbouring float64.
  expect([result.point.value.lo, result.point.value.hi]).toEqual([40, 40 + 2 ** -47]);
});

test("where every reference throws nothing is known", () => {
  const throwing = exactly(
    {
      name: "",
      formula: "",
      source: "",
      f: () => {
        throw new Error("no");
      },
    },
    [1],
  );
  const { point, settled, bits } = resolve([throwing], precisions, floats([1]), floats([0]), narrow);
  expect([settled, bits]).toEqual([false, 0]);
  expect(point.value).toEqual({ lo: -Infinity, hi: Infinity, defined: "unknown" });
});
