import { expect, test } from "vitest";
import { IntervalArithmetic } from "../../src/arithmetic/interval.js";
import { loadMpfr } from "../../src/arithmetic/mpfr.js";
import { ExactFunction } from "../../src/oracle/exact-function.js";
import { loadTfjs } from "../../src/targets/tfjs.js";

const tf = await loadTfjs();
await tf.setBackend("cpu");
const arithmetic = new IntervalArithmetic(await loadMpfr(), 128);

test("at a tie of a condition the value is that of the branch taken, whatever the other branch is", () => {
  // Of log(x) for x > 0, else 0, at x = 0: the branch not taken is -Infinity there.
  const f = new ExactFunction(
    tf,
    (x) => tf.where(tf.less(0, x), tf.log(x), tf.zerosLike(x)),
    [1],
    () => undefined,
  );
  const { value } = f.exact(arithmetic, Float32Array.of(0), Float32Array.of(0));
  expect(value).toEqual({ lo: 0, hi: 0, defined: "yes" });
});

test("at a kink the gradient encloses the derivatives from both sides", () => {
  const f = new ExactFunction(
    tf,
    (x) => tf.abs(x),
    [1],
    () => undefined,
  );
  const { gradient, kink } = f.exact(arithmetic, Float32Array.of(0), Float32Array.of(0));
  expect(gradient).toEqual([{ lo: -1, hi: 1, defined: "yes" }]);
  expect(kink).toBe(true);
});
