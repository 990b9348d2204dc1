import { expect, test } from "vitest";
import type { Enclosure } from "../../src/arithmetic/enclosure.js";
import { exactFloat, exactNear, exactNumber, jsonNumber, ulpsBetween } from "../../src/judge/number.js";

const between = (lo: number, hi: number): Enclosure => ({ lo, hi, defined: "yes" });
const one = between(1, 1);

test("every number survives JSON", () => {
  const numbers = [1.5, 0, -0, Number.NaN, Infinity, -Infinity, 5e-324];
  expect(JSON.parse(JSON.stringify(numbers.map(jsonNumber)))).toEqual([
    1.5,
    0,
    "-0",
    "NaN",
    "Infinity",
    "-Infinity",
    5e-324,
  ]);
});

test("the number of an enclosure is its middle, without overflow", () => {
  expect(exactNumber(one)).toBe(1);
  expect(exactNumber(between(1, 2))).toBe(1.5);
  expect(exactNumber(between(-1, 1))).toBe(0);
  expect(exactNumber(between(1e308, 1.5e308))).toBe(1.25e308);
  expect(exactNumber(between(Infinity, Infinity))).toBe(Infinity);
});

test("beside a missing bound it is the other end", () => {
  expect(exactNumber(between(3, Infinity))).toBe(3);
  expect(exactNumber(between(-Infinity, 3))).toBe(3);
});

test("a formula that is undefined has the number NaN", () => {
  expect(exactFloat({ lo: Number.NaN, hi: Number.NaN, defined: "no" })).toEqual({
    value: "NaN",
    bits: "0x7fc00000",
  });
});

test("the bits are those of the nearest float32", () => {
  // 0.1 in float32 by IEEE 754; and just beyond halfway between 1 and 1 + 2^-23.
  expect(exactFloat(between(0.1, 0.1))).toEqual({ value: 0.1, bits: "0x3dcccccd" });
  expect(exactFloat(between(1 + 2 ** -24 + 2 ** -50, 1 + 2 ** -24 + 2 ** -50)).bits).toBe("0x3f800001");
});

test("at a kink every slope between both sides is right, in the gradient alone", () => {
  const kink = { value: between(2, 3), gradient: [between(0, 1)], kink: true };
  expect(exactNear(0.25, kink, "gradient", 0)).toBe(0.25);
  expect(exactNear(1, kink, "gradient", 0)).toBe(1);
  expect(exactNear(1.5, kink, "gradient", 0)).toBe(0.5);
  expect(exactNear(2.25, kink, "value", 0)).toBe(2.5);
  expect(exactNear(0.25, { ...kink, kink: false }, "gradient", 0)).toBe(0.5);
});

test("as a limit every number of the enclosure is right", () => {
  const limit = { value: between(3e38, Infinity), gradient: [one, between(-Infinity, 0)], kink: false };
  expect(exactNear(Infinity, limit, "value", 0)).toBe(Infinity);
  expect(exactNear(2, limit, "value", 0)).toBe(3e38);
  expect(exactNear(-5, limit, "gradient", 1)).toBe(-5);
  expect(exactNear(2, limit, "gradient", 0)).toBe(1);
});

test.each([
  [1, 1, 0],
  [1 + 2 ** -23, 1, 1],
  [1 - 2 ** -24, 1, 0.5],
  [2 ** -149, 0, 1],
  [0, 2 ** -149, 1],
  [0, 2 ** -126, 2 ** 23],
  [0, 1, 2 ** 23],
  [Infinity, Infinity, 0],
  [Infinity, 1, Infinity],
  [1, Infinity, Infinity],
  [Number.NaN, 1, Number.NaN],
  [1, Number.NaN, Number.NaN],
])("from %d to %d it is %d ulps", (computed, exact, ulps) => {
  expect(ulpsBetween(computed, exact)).toBe(ulps);
});
