import { expect, test } from "vitest";
import { classify, OK, relativeError, verdicts } from "../../src/judge/classify.js";
import type { Quantity } from "../../src/judge/finding.js";

const exactly = { rtol: 0, atol: 0 };
const loose = { rtol: 1e-5, atol: 0 };
const LARGEST = 2 ** 128 * (1 - 2 ** -24);
/** Halfway between the largest float32 and 2^128, which would be the next: from here on round-to-nearest gives Infinity. */
const HALFWAY = 2 ** 128 * (1 - 2 ** -25);

function verdict(computed: number, exact: number, quantity: Quantity, tolerance = loose): string {
  const code = classify(computed, exact, quantity, tolerance);
  if (code === OK) return "ok";
  const { kind, severity } = verdicts[code - 1];
  return `${kind} ${severity}`;
}

test.each([
  // NaN, whatever is exact.
  [Number.NaN, 1, "nan error", "nan error"],
  [Number.NaN, Number.NaN, "nan error", "nan error"],
  [Number.NaN, Infinity, "nan error", "nan error"],
  // Infinity, whether or not the exact number would fit into float32.
  [Infinity, 88.73, "overflow error", "overflow error"],
  [-Infinity, 1, "overflow error", "overflow error"],
  [Infinity, Number.NaN, "overflow error", "overflow error"],
  [Infinity, Infinity, "overflow error", "overflow error"],
  [Infinity, LARGEST, "overflow error", "overflow error"],
  [Infinity, HALFWAY - 2 ** 75, "overflow error", "overflow error"],
  [Infinity, HALFWAY, "overflow error", "overflow error"],
  [Infinity, 1e300, "overflow error", "overflow error"],
  [-Infinity, 1e300, "overflow error", "overflow error"],
  [-Infinity, -1e300, "overflow error", "overflow error"],
  // 0 for something: what is lost decides.
  [0, 0, "ok", "ok"],
  [-0, 0, "ok", "ok"],
  [0, 1, "underflow warning", "dead-gradient error"],
  [0, -1, "underflow warning", "dead-gradient error"],
  [0, 2 ** -23, "underflow note", "underflow note"],
  [0, 2 ** -23 * (1 + 2 ** -52), "underflow warning", "dead-gradient error"],
  [-0, 1, "underflow warning", "dead-gradient error"],
  [0, 2 ** -126, "underflow note", "underflow note"],
  // Below 2^-126 the tolerance is that of 2^-126.
  [0, 1e-5 * 2 ** -126, "ok", "ok"],
  [0, 1.01e-5 * 2 ** -126, "underflow note", "underflow note"],
  // The other sign.
  [-1, 1, "wrong-sign warning", "wrong-sign error"],
  [1, -1, "wrong-sign warning", "wrong-sign error"],
  [-1, 2 ** -22, "wrong-sign warning", "wrong-sign error"],
  [-(2 ** -24), 2 ** -24, "inaccurate note", "inaccurate note"],
  // A negligible exact number has no sign to speak of: what is computed is too large.
  [-1, 2 ** -23, "inaccurate warning", "inaccurate warning"],
  [1, 0, "inaccurate warning", "inaccurate warning"],
  // Digits.
  [1, 1 + 1e-5, "ok", "ok"],
  [1, 1 + 1.1e-5, "inaccurate warning", "inaccurate warning"],
  [1e-8, 2e-8, "inaccurate note", "inaccurate note"],
  [2 ** -23, 0, "inaccurate note", "inaccurate note"],
  [9.21, 20, "inaccurate warning", "inaccurate warning"],
  // A finite number is never right where the exact answer is infinite.
  [103.28, Infinity, "inaccurate warning", "inaccurate warning"],
  [0, Infinity, "underflow warning", "dead-gradient error"],
  [1, -Infinity, "wrong-sign warning", "wrong-sign error"],
])("%d where %d is exact: value %s, gradient %s", (computed, exact, value, gradient) => {
  expect(verdict(computed, exact, "value")).toBe(value);
  expect(verdict(computed, exact, "gradient")).toBe(gradient);
});

test("a tolerance of 0 accepts the exact number alone", () => {
  expect(verdict(1, 1, "value", exactly)).toBe("ok");
  expect(verdict(1, 1 + 2 ** -52, "value", exactly)).toBe("inaccurate note");
  expect(verdict(0, 2 ** -149, "gradient", exactly)).toBe("underflow note");
  expect(verdict(0, 5e-324, "gradient", exactly)).toBe("underflow note");
});

test("an absolute tolerance is added to the relative one, both ends included", () => {
  const both = { rtol: 0.25, atol: 0.5 };
  expect(verdict(2, 4 - 0.5, "value", both)).not.toBe("ok"); // 1.5 > 0.5 + 0.875
  expect(verdict(2, 10 / 3, "value", both)).toBe("ok"); // 1.333… < 0.5 + 0.8333…
  expect(verdict(1, 2, "value", both)).toBe("ok"); // 1 = 0.5 + 0.5
  expect(verdict(-0.5, 0, "value", both)).toBe("ok");
  expect(verdict(0.25, -0.25, "gradient", both)).toBe("ok"); // within atol: no wrong sign
});

test("of two codes the larger is the worse", () => {
  const rank = { note: 1, warning: 2, error: 3 };
  const ranks = verdicts.map(({ severity }) => rank[severity]);
  expect(ranks).toEqual([...ranks].sort());
  expect(OK).toBe(0);
});

test("a relative error is taken relative to the smallest normal float32 below it", () => {
  expect(relativeError(3, 2)).toBe(0.5);
  expect(relativeError(0, 2 ** -149)).toBe(2 ** -23);
  expect(relativeError(2 ** -149, 0)).toBe(2 ** -23);
  expect(relativeError(Infinity, Infinity)).toBe(0);
  expect(relativeError(Infinity, 1)).toBe(Infinity);
  expect(relativeError(Number.NaN, 1)).toBeNaN();
});
