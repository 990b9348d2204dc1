import { describe, expect, it } from "vitest";
import { type Dual, DualArithmetic } from "../../src/arithmetic/dual.js";
import type { Enclosure } from "../../src/arithmetic/enclosure.js";
import type { Interval } from "../../src/arithmetic/interval.js";
import { intervals } from "./exact-ends.js";

type Number = Dual<Interval>;
type Duals = DualArithmetic<Interval>;

const base = intervals(128);
const right = new DualArithmetic(base, 1);
const left = new DualArithmetic(base, -1);
const both = new DualArithmetic(base, 0);

function derivative(
  duals: Duals,
  f: (duals: Duals, x: Number) => Number,
  x: number | [number, number],
): Enclosure {
  base.reset();
  const v = typeof x === "number" ? base.constant(x) : base.interval(...x);
  return base.enclosure(f(duals, duals.variable(v)).d);
}

const is = (lo: number, hi = lo): Enclosure => ({ lo, hi, defined: "yes" });

const kinks: [string, (D: Duals, x: Number) => Number, number, left: number, right: number][] = [
  ["abs at 0", (D, x) => D.abs(x), 0, -1, 1],
  ["abs(-2x) at 0", (D, x) => D.abs(D.mul(D.constant(-2), x)), 0, -2, 2],
  ["max(x, 0) at 0", (D, x) => D.max(x, D.constant(0)), 0, 0, 1],
  ["max(0, x) at 0", (D, x) => D.max(D.constant(0), x), 0, 0, 1],
  ["min(x, 0) at 0", (D, x) => D.min(x, D.constant(0)), 0, 1, 0],
  ["max(x, 3x) at 0", (D, x) => D.max(x, D.mul(D.constant(3), x)), 0, 1, 3],
  ["max(-x, 1) at -1", (D, x) => D.max(D.neg(x), D.constant(1)), -1, -1, 0],
  ["x > 0 ? 5x : 2x at 0", (D, x) => branch(D, D.less(D.constant(0), x), x), 0, 2, 5],
  ["-x < 0 ? 5x : 2x at 0", (D, x) => branch(D, D.less(D.neg(x), D.constant(0)), x), 0, 2, 5],
  ["x < 0 ? 5x : 2x at 0", (D, x) => branch(D, D.less(x, D.constant(0)), x), 0, 5, 2],
  ["sign(x)·x at 0", (D, x) => D.mul(D.sign(x), x), 0, -1, 1],
  ["x = 0 ? 5x : 2x at 0", (D, x) => branch(D, D.equal(x, D.constant(0)), x), 0, 2, 2],
  ["x ? 5x : 2x at 0", (D, x) => branch(D, x, x), 0, 5, 5],
  ["max(max(x, 0), -x) at 0", (D, x) => D.max(D.max(x, D.constant(0)), D.neg(x)), 0, -1, 1],
  ["max(x, 0) away from its kink", (D, x) => D.max(x, D.constant(0)), -3, 0, 0],
  ["max(x, x) at 2", (D, x) => D.max(x, D.add(x, D.constant(0))), 2, 1, 1],
];

function branch(D: Duals, condition: Number, x: Number): Number {
  return D.select(condition, D.mul(D.constant(5), x), D.mul(D.constant(2), x));
}

describe("at a kink", () => {
  it.each(kinks)("%s has its one-sided derivatives", (_name, f, x, below, above) => {
    expect(derivative(left, f, x)).toEqual(is(below));
    expect(derivative(right, f, x)).toEqual(is(above));
  });

  it.each(kinks)("%s, undirected, encloses both of them", (_name, f, x, below, above) => {
    const { lo, hi, defined } = derivative(both, f, x);
    expect(defined).toBe("yes");
    expect(lo).toBeLessThanOrEqual(Math.min(below, above));
    expect(hi).toBeGreaterThanOrEqual(Math.max(below, above));
  });

  it("an enclosure that reaches over it encloses both branches", () => {
    expect(derivative(right, (D, x) => D.max(x, D.constant(0)), [-1, 1])).toEqual(is(0, 1));
    expect(derivative(right, (D, x) => D.abs(x), [-1, 1])).toEqual(is(-1, 1));
    expect(derivative(left, (D, x) => branch(D, D.less(D.constant(0), x), x), [-1, 1])).toEqual(is(2, 5));
  });

  it("what first order can't tell is left open: x² > 0 at 0", () => {
    const f = (D: Duals, x: Number) => branch(D, D.less(D.constant(0), D.square(x)), x);
    expect(derivative(right, f, 0)).toEqual(is(2, 5));
  });

  it("two constants that tie are compared as numbers", () => {
    const f = (D: Duals, x: Number) => branch(D, D.less(D.constant(1), D.constant(1)), x);
    for (const duals of [left, right, both]) expect(derivative(duals, f, 1)).toEqual(is(2));
    const g = (D: Duals, x: Number) => branch(D, D.equal(D.constant(1), D.constant(1)), x);
    for (const duals of [left, right, both]) expect(derivative(duals, g, 1)).toEqual(is(5));
  });
});

describe("constants", () => {
  it("have no part in a derivative, even where their factor is undefined", () => {
    // log(0)·x' + x·(log 0)': only the first term is there.
    expect(derivative(right, (D, x) => D.add(x, D.log(D.constant(0))), 1)).toEqual(is(1));
    expect(derivative(right, (D, x) => D.add(x, D.sqrt(D.constant(0))), 1)).toEqual(is(1));
  });

  it("are not what merely has the derivative 0: sqrt(x²) at 0 has none", () => {
    const f = (D: Duals, x: Number) => D.sqrt(D.square(x));
    expect(derivative(right, f, 0).defined).toBe("no");
  });

  it("alone are known", () => {
    expect(right.known(right.constant(3))).toBe(3);
    expect(right.known(right.variable(base.constant(3)))).toBeUndefined();
  });

  it("may be enclosures", () => {
    base.reset();
    const z = right.fixed(base.interval(2, 3));
    const { v, d } = right.mul(z, right.variable(base.constant(5)));
    expect([base.enclosure(v), base.enclosure(d)]).toEqual([is(10, 15), is(2, 3)]);
  });
});

describe("derivatives of compositions", () => {
  it.each<[string, (D: Duals, x: Number) => Number, number, number]>([
    ["x·x", (D, x) => D.mul(x, x), 3, 6],
    ["x - 2x", (D, x) => D.sub(x, D.mul(D.constant(2), x)), 3, -1],
    ["1 - x", (D, x) => D.sub(D.constant(1), x), 3, -1],
    ["1/x", (D, x) => D.div(D.constant(1), x), 2, -0.25],
    ["x/4", (D, x) => D.div(x, D.constant(4)), 2, 0.25],
    ["(x+1)/x", (D, x) => D.div(D.add(x, D.constant(1)), x), 2, -0.25],
    ["x^0 at 0", (D, x) => D.pow(x, D.constant(0)), 0, 0],
    ["x^1 at 0", (D, x) => D.pow(x, D.constant(1)), 0, 1],
    ["x^4 at 0", (D, x) => D.pow(x, D.constant(4)), 0, 0],
    ["x^x at 1", (D, x) => D.pow(x, x), 1, 1],
    ["floor(x) at 2.5", (D, x) => D.floor(x), 2.5, 0],
    ["ceil(x) at 2", (D, x) => D.ceil(x), 2, 0],
    ["round(x)·x at 2.25", (D, x) => D.mul(D.round(x), x), 2.25, 2],
    ["hull(x, 3x)", (D, x) => D.sub(D.hull(x, x), x), 2, 0],
  ])("%s", (_name, f, x, expected) => {
    for (const duals of [left, right, both]) expect(derivative(duals, f, x)).toEqual(is(expected));
  });

  it("log at 0 has no derivative", () => {
    expect(derivative(right, (D, x) => D.log(x), 0).defined).toBe("no");
  });

  it("sqrt at 0 has no derivative", () => {
    expect(derivative(right, (D, x) => D.sqrt(x), 0).defined).toBe("no");
  });

  it.each<[string, (D: Duals, x: Number) => Number, number]>([
    ["log(x)", (D, x) => D.log(x), -1],
    ["log1p(x)", (D, x) => D.log1p(x), -2],
    ["atanh(x)", (D, x) => D.atanh(x), 2],
    ["atanh(x)", (D, x) => D.atanh(x), -1.5],
  ])("%s at %d, where it is undefined, has no derivative, although its formula goes on", (_, f, x) => {
    expect(derivative(right, f, x).defined).toBe("no");
  });

  it("the angle of the origin has no derivative, and 0 everywhere else along an axis", () => {
    for (const x of [0, 2]) {
      const expected = x === 0 ? "no" : "yes";
      expect(derivative(right, (D, y) => D.atan2(y, D.constant(0)), x).defined).toBe(expected);
      expect(derivative(right, (D, y) => D.atan2(D.constant(0), y), x).defined).toBe(expected);
    }
    expect(derivative(right, (D, y) => D.atan2(y, D.constant(0)), 2)).toEqual(is(0));
  });

  it("a branch that is surely discarded brings nothing in", () => {
    const f = (D: Duals, x: Number) => D.select(D.less(x, D.constant(0)), D.log(x), D.square(x));
    expect(derivative(right, f, 0)).toEqual(is(0));
  });
});

describe("powers", () => {
  it.each([
    // 0^x is 0 for x > 0, jumps to 1 at 0 and is infinite for x < 0.
    [0, 2, 0],
    [0, 0.5, 0],
    [0, 2 ** -149, 0],
    [0, 0, "none"],
    [0, -0.5, "none"],
    [0, -1, "none"],
    [1, 0, 0],
    [1, -3, 0],
    // (-2)^x has a value at integers alone.
    [-2, 2, "none"],
    [-2, 0.5, "none"],
  ])("%d^x at x = %d has the derivative %s by x", (a, x, expected) => {
    for (const duals of [left, right, both]) {
      const found = derivative(duals, (D, b) => D.pow(D.constant(a), b), x);
      expect(found.defined === "no" ? "none" : found).toEqual(expected === "none" ? expected : is(+expected));
    }
  });

  it("0^b is a constant for b > 0: nothing undefined comes in by it", () => {
    // The derivative of the root is infinite at 0, that of 0^x is 0 itself and has no part in it.
    expect(derivative(right, (D, x) => D.sqrt(D.pow(D.constant(0), x)), 3)).toEqual(is(0));
  });

  it.each([
    [0, 0, 0],
    [0, 0.5, "none"],
    [0, 1, 1],
    [0, 1.5, 0],
    [0, 2, 0],
    [0, -1, "none"],
    [-2, 0, 0],
    [-2, 1, 1],
    [-2, 2, -4],
    [-2, 3, 12],
    [-2, -1, -0.25],
    [-2, -2, 0.25],
    [-2, 0.5, "none"],
    [4, 0.5, 0.25],
    [4, -0.5, -1 / 16],
  ])("x^b at x = %d, b = %d has the derivative %s by x", (x, b, expected) => {
    for (const duals of [left, right, both]) {
      const found = derivative(duals, (D, a) => D.pow(a, D.constant(b)), x);
      expect(found.defined === "no" ? "none" : found).toEqual(expected === "none" ? expected : is(+expected));
    }
  });
});
