import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Interval, IntervalArithmetic } from "../../src/arithmetic/interval.js";
import { intervals, meets } from "./exact-ends.js";
import { type Rational, rational } from "./rational.js";

const UNARY = ["neg", "abs", "square"] as const;
const BINARY = ["add", "sub", "mul", "div", "max", "min", "less", "equal"] as const;

type Tree =
  | { op: "constant"; x: number }
  | { op: (typeof UNARY)[number]; a: Tree }
  | { op: (typeof BINARY)[number]; a: Tree; b: Tree }
  | { op: "select"; c: Tree; a: Tree; b: Tree };

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6, depthSize: "medium" },
    fc.record({
      op: fc.constant("constant" as const),
      x: fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -3, max: 3 })),
    }),
    fc.record({ op: fc.constantFrom(...BINARY), a: tie("tree"), b: tie("tree") }),
    fc.record({ op: fc.constantFrom(...UNARY), a: tie("tree") }),
    fc.record({ op: fc.constant("select" as const), c: tie("tree"), a: tie("tree"), b: tie("tree") }),
  ),
}));

function exact(t: Tree): Rational | undefined {
  if (t.op === "constant") return rational.constant(t.x);
  if (t.op === "select") return rational.select(exact(t.c), exact(t.a), exact(t.b));
  return "b" in t ? rational[t.op](exact(t.a), exact(t.b)) : rational[t.op](exact(t.a));
}

function enclosed(arithmetic: IntervalArithmetic, t: Tree): Interval {
  if (t.op === "constant") return arithmetic.constant(t.x);
  const a = enclosed(arithmetic, t.a);
  if (t.op === "select") return arithmetic.select(enclosed(arithmetic, t.c), a, enclosed(arithmetic, t.b));
  return "b" in t ? arithmetic[t.op](a, enclosed(arithmetic, t.b)) : arithmetic[t.op](a);
}

describe.each([53, 64, 128, 300])("intervals of %i bits against exact rational arithmetic", (bits) => {
  const arithmetic = intervals(bits);

  it("contain every expression of + - * / and comparisons", () => {
    fc.assert(
      fc.property(tree, (t) => {
        arithmetic.reset();
        const truth = exact(t);
        const result = enclosed(arithmetic, t);
        const { defined } = arithmetic.enclosure(result);
        if (truth === undefined) expect(defined).not.toBe("yes");
        else {
          expect(defined).not.toBe("no");
          expect(meets(result, truth)).toBe(true);
        }
      }),
      { numRuns: 1500 },
    );
  });
});

describe("intervals with two ends", () => {
  const arithmetic = intervals(64);
  const float = fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -4, max: 4 }));
  /** Two ends and a member. */
  const sample = fc.tuple(float, float, float).map((xs) => xs.sort((p, q) => p - q));

  it.each(BINARY)("%s contains the result for every choice of members", (op) => {
    fc.assert(
      fc.property(sample, sample, ([aLo, a, aHi], [bLo, b, bHi]) => {
        arithmetic.reset();
        const truth = rational[op](rational.constant(a), rational.constant(b));
        const result = arithmetic[op](arithmetic.interval(aLo, aHi), arithmetic.interval(bLo, bHi));
        if (truth === undefined) expect(arithmetic.enclosure(result).defined).not.toBe("yes");
        else expect(meets(result, truth)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  const functions = [
    ...(["abs", "sign", "square", "sqrt", "exp", "expm1", "log", "log1p", "sigmoid", "softplus"] as const),
    ...(["sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh"] as const),
    ...(["asinh", "acosh", "atanh", "erf", "floor", "ceil", "round"] as const),
  ];
  const moderate = fc.tuple(...[0, 1, 2].map(() => fc.double({ min: -40, max: 40, noNaN: true })));
  const near = moderate.map((xs) => xs.map((x) => x / 16).sort((p, q) => p - q));

  it.each(functions)("%s contains its values at members", (name) => {
    fc.assert(
      fc.property(
        fc.oneof(
          sample,
          near,
          moderate.map((xs) => xs.sort((p, q) => p - q)),
        ),
        ([lo, x, hi]) => {
          arithmetic.reset();
          const whole = arithmetic.enclosure(arithmetic[name](arithmetic.interval(lo, hi)));
          const member = arithmetic.enclosure(arithmetic[name](arithmetic.constant(x)));
          if (member.defined === "no") expect(whole.defined).not.toBe("yes");
          else {
            if (Number.isFinite(member.lo + member.hi)) expect(whole.defined).not.toBe("no");
            expect(whole.lo).toBeLessThanOrEqual(member.hi);
            expect(whole.hi).toBeGreaterThanOrEqual(member.lo);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each(["pow", "atan2"] as const)("%s contains its values at members", (name) => {
    const ends = fc.oneof(sample, near);
    fc.assert(
      fc.property(ends, ends, ([aLo, a, aHi], [bLo, b, bHi]) => {
        arithmetic.reset();
        const first = arithmetic.interval(aLo, aHi);
        const whole = arithmetic.enclosure(arithmetic[name](first, arithmetic.interval(bLo, bHi)));
        const member = arithmetic.enclosure(arithmetic[name](arithmetic.constant(a), arithmetic.constant(b)));
        if (member.defined === "no") expect(whole.defined).not.toBe("yes");
        else {
          expect(whole.defined).not.toBe("no");
          expect(whole.lo).toBeLessThanOrEqual(member.hi);
          expect(whole.hi).toBeGreaterThanOrEqual(member.lo);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
