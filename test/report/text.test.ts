import { expect, test } from "vitest";
import { count, nineDigits, truncate, twoDigits, wrap } from "../../src/report/text.js";

test.each([
  [0, "0"],
  [1, "1"],
  [0.5, "0.5"],
  [0.0312, "0.031"],
  [0.00312, "3.1e-3"],
  [3.14e-8, "3.1e-8"],
  [9.94, "9.9"],
  [9.96, "10"],
  [412.3, "412"],
  [9999, "9999"],
  [12345678, "1.2e7"],
  [3e38, "3e38"],
  [-2.5, "-2.5"],
  ["NaN", "NaN"],
  ["Infinity", "inf"],
  ["-0", "0"],
] as const)("%s in two digits is %s", (x, text) => {
  expect(twoDigits(x)).toBe(text);
  expect(text.length).toBeLessThanOrEqual(6);
});

test("an exact value has nine digits, or its name", () => {
  expect(nineDigits(17.40000002783537)).toBe("17.4");
  expect(nineDigits(7.667648073722e-53)).toBe("7.66764807e-53");
  expect(nineDigits("-0")).toBe("-0");
  expect(nineDigits("Infinity")).toBe("Infinity");
});

test("lines are at most as long as asked, unless a word is longer", () => {
  expect(wrap("one two three", 9)).toBe("one two\nthree");
  expect(wrap("one two", 7)).toBe("one two");
  expect(wrap("a bbbbbbbbbb c", 5)).toBe("a\nbbbbbbbbbb\nc");
  expect(wrap("one two three", 11, "1. ", "   ")).toBe("1. one two\n   three");
  expect(wrap("one\ntwo", 80, "- ", "  ")).toBe("- one\n  two");
});

test("nothing that is wrapped is obeyed by a terminal", () => {
  const erases = "\u001b[2Jone\u009b31m two\u202e\r\nthree\u0000";
  expect(wrap(erases, 80, "\u001b[1m- ")).toBe(
    "\u001b[1m- \\x1b[2Jone\\x9b31m two\\u202e \n\u001b[1m- three\\x00",
  );
});

test("a long name keeps its beginning and its end", () => {
  expect(truncate("a-very-long-name.ts", 11)).toBe("a-ver…me.ts");
  expect(truncate("short", 5)).toBe("short");
});

test("nouns agree with their number", () => {
  expect(count(1, "error")).toBe("1 error");
  expect(count(0, "error")).toBe("0 errors");
  expect(count(128064, "point")).toBe("128,064 points");
});
