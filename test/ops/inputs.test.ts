import { expect, test } from "vitest";
import { opsNamed } from "../../src/ops/catalogue.js";
import { opInputs, pairs, spread } from "../../src/ops/inputs.js";

/** The e of 2^e <= |x| < 2^(e+1). */
const exponent = (x: number): number => Math.floor(Math.log2(Math.abs(x)));

test("every exponent of float32 is met, on both sides of 0", () => {
  const xs = spread(4096);
  for (const side of [1, -1]) {
    const met = new Set(
      Array.from(
        xs.filter((x) => x * side > 0),
        exponent,
      ),
    );
    expect(met.size).toBe(127 + 149 + 1);
  }
});

test("all points are finite, 0 is one of them and -0 is not, and they are the same every time", () => {
  const xs = Array.from(spread(1000));
  expect(xs.every(Number.isFinite)).toBe(true);
  expect(xs.some((x) => Object.is(x, 0))).toBe(true);
  expect(xs.some((x) => Object.is(x, -0))).toBe(false);
  expect(Array.from(spread(1000))).toEqual(xs);
});

test("kinks, ties and the largest float are met exactly, and roots from near by", () => {
  const xs = new Set(spread(64));
  for (const x of [1, -1, 6, 0.5, 2.5, 2 ** -149, 2 ** 128 - 2 ** 104, 1 + 2 ** -23, 1 - 2 ** -24]) {
    expect(xs).toContain(x);
  }
});

test("a row is made from its x, and its constant stands beside each of its numbers", () => {
  const [sum] = opsNamed(["sum"]);
  const { size, x, c } = pairs(sum, [
    [3, 0],
    [-30, 0],
  ]);
  expect({ size, x: Array.from(x), c: Array.from(c) }).toEqual({
    size: 4,
    x: [3, 1.5, 1, 0.6, -30, -15, -10, -6].map(Math.fround),
    c: new Array(8).fill(0),
  });
});

test("an op with constants has about as many numbers as one without", () => {
  const [exp] = opsNamed(["exp"]);
  const [pow] = opsNamed(["pow"]);
  const [few, many] = [opInputs(exp, 20_000), opInputs(pow, 20_000)];
  expect(new Set(many.c)).toEqual(new Set([2, 3, 0.5, -1, 0.1, 10].map(Math.fround)));
  expect(many.n / few.n).toBeLessThan(2);
});
