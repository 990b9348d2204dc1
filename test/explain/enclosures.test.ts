import { describe, expect, test } from "vitest";
import type { Enclosure } from "../../src/arithmetic/enclosure.js";
import { compare } from "../../src/explain/comparison.js";
import { explainAt, kernelOf, reasonFor } from "./explain-at.js";

const TOLERANCE = { rtol: 1e-5, atol: 0 };
const LARGEST = Number.MAX_VALUE;

describe("exp(1e9), which neither float64 nor MPFR holds", async () => {
  const point = await explainAt("softplus#naive", 1e9, 0);

  test("is known by a bound, in the kernel and in what reads it", () => {
    const exp = kernelOf(point, "Exp");
    expect(exp).toMatchObject({
      computed: { value: "Infinity" },
      exact: null,
      enclosure: [LARGEST, "Infinity"],
      // The exact number is finite, whatever it is; how far the inputs shift it is not known.
      own: "Infinity",
      passedOn: "NaN",
    });
    const sum = kernelOf(point, "Add");
    expect(sum).toMatchObject({
      exact: null,
      enclosure: [LARGEST, "Infinity"],
      own: 0,
      passedOn: "Infinity",
    });
    expect(sum.inputs[1]).toEqual({ name: "b", from: exp.id, computed: sum.computed });
  });

  test("overflows for a reason that says no more than is known", () => {
    expect(reasonFor(point, "value")).toMatch(
      /^Exp overflows .*: exp\(x\) is Infinity where it is at least 1\.79e\+308; write softplus\(x\)/,
    );
  });

  test("leaves the log a bound below 1e9, and the loss its number", () => {
    const log = kernelOf(point, "Log");
    expect(log.exact).toBeNull();
    expect(log.enclosure[0]).toBeLessThanOrEqual(1e9);
    expect(log.enclosure[1]).toBe("Infinity");
    expect(point.value.exact.value).toBe(1e9);
  });
});

test("log(sigmoid(-1e9)) is at most a bound above -1e9", async () => {
  const point = await explainAt("sigmoid-cross-entropy#naive", -1e9, 1);
  const log = kernelOf(point, "Log");
  expect(log).toMatchObject({ exact: null, passedOn: "NaN" });
  expect(log.enclosure[0]).toBe("-Infinity");
  expect(log.enclosure[1]).toBeGreaterThanOrEqual(-1e9);
});

test("at Infinity the computed numbers lie among those of the limit: no kernel adds an error", async () => {
  const point = await explainAt("softplus#library", Number.POSITIVE_INFINITY, 0);
  expect(kernelOf(point, "Softplus")).toMatchObject({ exact: null, own: 0, passedOn: 0 });
});

describe("a computed number beside an enclosure", () => {
  const between = (lo: number, hi: number, defined: Enclosure["defined"] = "yes") => ({ lo, hi, defined });

  test("that is one number is compared with it", () => {
    const comparison = compare(1.5, between(1, 1 + 2 ** -52), "value", false, TOLERANCE);
    expect(comparison).toMatchObject({ exact: { value: 1 }, verdict: "inaccurate" });
    expect(comparison.ulps).toBeCloseTo(2 ** 22, 5);
  });

  test("with a missing bound is an overflow of no number of ulps but infinitely many", () => {
    const exact = between(LARGEST, Infinity);
    expect(compare(Infinity, exact, "value", false, TOLERANCE)).toMatchObject({
      exact: { value: "NaN" },
      enclosure: [LARGEST, "Infinity"],
      ulps: "Infinity",
      verdict: "overflow",
    });
    expect(compare(1, exact, "value", false, TOLERANCE)).toMatchObject({
      exact: { value: "NaN" },
      ulps: "NaN",
      verdict: "inaccurate",
    });
  });

  test("that is too wide is not resolved, whatever lies in its middle", () => {
    expect(compare(0.5, between(0, 1), "value", false, TOLERANCE)).toMatchObject({
      exact: { value: "NaN" },
      ulps: "NaN",
      verdict: "unresolved",
      note: expect.stringContaining("not resolved"),
    });
    expect(compare(2, between(0, 1, "unknown"), "value", false, TOLERANCE)).toMatchObject({
      exact: { value: "NaN" },
      verdict: "unresolved",
      note: expect.stringContaining("not resolved"),
    });
  });

  test("of a kink is right anywhere in it, and off by the distance to its nearer end", () => {
    const kink = between(0, 1);
    expect(compare(0.25, kink, "gradient", true, TOLERANCE)).toMatchObject({
      exact: { value: 0.25 },
      ulps: 0,
      verdict: "ok",
    });
    // 0.5 in steps of 2^-23.
    expect(compare(1.5, kink, "gradient", true, TOLERANCE)).toMatchObject({
      exact: { value: 1 },
      ulps: 2 ** 22,
      verdict: "inaccurate",
    });
  });

  test("of a limit without an end is right in it, and of no number outside", () => {
    const limit = between(3.4e38, Infinity);
    expect(compare(Infinity, limit, "value", true, TOLERANCE)).toMatchObject({ ulps: 0, verdict: "ok" });
    expect(compare(9.2, limit, "value", true, TOLERANCE)).toMatchObject({
      exact: { value: "NaN" },
      ulps: "NaN",
      verdict: "inaccurate",
    });
  });

  test("of what is undefined has no number", () => {
    expect(compare(1, { lo: NaN, hi: NaN, defined: "no" }, "value", false, TOLERANCE)).toMatchObject({
      exact: { value: "NaN" },
      enclosure: ["NaN", "NaN"],
      ulps: "NaN",
      verdict: "unresolved",
    });
  });
});
