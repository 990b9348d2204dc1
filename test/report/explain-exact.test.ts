import { expect, test } from "vitest";
import { toFloat } from "../../src/inputs/float32.js";
import { exactText } from "../../src/report/explain-exact.js";

const LARGEST = Number.MAX_VALUE;

test.each([
  [17.40000002783537, "17.4"],
  [0.00004541977321, "4.54197732e-5"],
  [Number.POSITIVE_INFINITY, "Infinity"],
  [-0, "-0"],
])("an exact number %d is %s, whatever its enclosure", (x, text) => {
  expect(exactText(toFloat(x), [x, x])).toBe(text);
});

test("an undefined number is NaN", () => {
  expect(exactText(toFloat(Number.NaN), ["NaN", "NaN"])).toBe("NaN");
});

test.each([
  // 1.7976931348623157e308: rounded to the nearest, in three digits it would be more than is known.
  [LARGEST, "Infinity", ">= 1.79e+308"],
  ["-Infinity", -LARGEST, "<= -1.79e+308"],
  [744261117.955, "Infinity", ">= 744000000"],
  [0, "Infinity", ">= 0"],
  [5, "Infinity", ">= 5"],
  [-1234, "Infinity", ">= -1240"],
  ["-Infinity", -0.9995, "<= -0.999"],
  ["-Infinity", 0.00001234, "<= 1.24e-5"],
  ["-Infinity", "Infinity", "unknown"],
  [0.25, 0.5, "[0.25, 0.5]"],
  [-1, 1, "[-1, 1]"],
  [0, 2.9387e-39, "[0, 2.94e-39]"],
  [1.00000012, 1.00000019, "[1.0000001, 1.0000002]"],
  [9.999, 10.001, "[9.999, 10.001]"],
  [1e300, LARGEST, "[1e+300, 1.8e+308]"],
  [0, 0, "0 or none"],
] as const)("of a number between %s and %s is known: %s", (low, high, text) => {
  expect(exactText(null, [low, high])).toBe(text);
  expect(exactText(toFloat(Number.NaN), [low, high])).toBe(text);
});
