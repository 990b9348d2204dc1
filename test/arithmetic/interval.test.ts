import { describe, expect, it } from "vitest";
import type { Enclosure } from "../../src/arithmetic/enclosure.js";
import { type Interval, IntervalArithmetic } from "../../src/arithmetic/interval.js";
import { loadMpfr } from "../../src/arithmetic/mpfr.js";
import { intervals, meets, memoryBytes } from "./exact-ends.js";
import { fromDecimal } from "./rational.js";

const A = intervals(128);
const c = (x: number) => A.constant(x);
const i = (lo: number, hi: number) => A.interval(lo, hi);

const no: Enclosure = { lo: Number.NaN, hi: Number.NaN, defined: "no" };
const is = (lo: number, hi = lo): Enclosure => ({ lo, hi, defined: "yes" });
const maybe = (lo: number, hi: number): Enclosure => ({ lo, hi, defined: "unknown" });
const MAX = Number.MAX_VALUE;
const MIN = Number.MIN_VALUE;
/** Math.PI is below pi; this is the next float64. */
const PI_UP = Math.PI + 2 ** -51;

/** 0, too small for MPFR to tell from a small positive number. */
const tiny = () => A.exp(c(-1e9));
/** A finite number, too great for MPFR to bound. */
const huge = () => A.exp(c(1e9));
/** -Infinity, or the logarithm of a small number. */
const logTiny = () => A.log(tiny());

const cases: [string, () => Interval, Enclosure][] = [
  ["log(0)", () => A.log(c(0)), is(-Infinity)],
  ["log(-0)", () => A.log(c(-0)), is(-Infinity)],
  ["log(-1)", () => A.log(c(-1)), no],
  ["log([0, 1])", () => A.log(i(0, 1)), maybe(-Infinity, 0)],
  ["log([-1, 1])", () => A.log(i(-1, 1)), maybe(-Infinity, 0)],
  ["log([-1, 0])", () => A.log(i(-1, 0)), maybe(-Infinity, -Infinity)],
  ["log([1, unbounded))", () => A.log(i(1, Infinity)), is(0, Infinity)],
  ["log(Infinity)", () => A.log(c(Infinity)), is(Infinity)],
  ["exp(log(0))", () => A.exp(A.log(c(0))), is(0)],
  ["log1p(-1)", () => A.log1p(c(-1)), is(-Infinity)],
  ["log1p(-2)", () => A.log1p(c(-2)), no],

  ["0·log(0)", () => A.mul(c(0), A.log(c(0))), no],
  ["0·log(tiny)", () => A.mul(c(0), logTiny()), maybe(0, 0)],
  ["0·(0·log(tiny)) + 1", () => A.add(A.mul(c(0), A.mul(c(0), logTiny())), c(1)), maybe(1, 1)],
  ["0·[1, unbounded)", () => A.mul(c(0), i(1, Infinity)), is(0)],
  ["0·huge", () => A.mul(c(0), huge()), is(0)],
  ["[0, 1]·Infinity", () => A.mul(i(0, 1), c(Infinity)), maybe(-Infinity, Infinity)],
  ["[1, 2]·-Infinity", () => A.mul(i(1, 2), c(-Infinity)), is(-Infinity)],
  ["-Infinity·-Infinity", () => A.mul(c(-Infinity), c(-Infinity)), is(Infinity)],
  ["[-1, 2]·[-3, 5]", () => A.mul(i(-1, 2), i(-3, 5)), is(-6, 10)],
  ["[-1, 2]·[-5, 1]", () => A.mul(i(-1, 2), i(-5, 1)), is(-10, 5)],

  ["1/0", () => A.div(c(1), c(0)), no],
  ["0/0", () => A.div(c(0), c(0)), no],
  ["1/[0, 1]", () => A.div(c(1), i(0, 1)), maybe(-Infinity, Infinity)],
  ["1/tiny", () => A.div(c(1), tiny()), maybe(-Infinity, Infinity)],
  ["1/Infinity", () => A.div(c(1), c(Infinity)), is(0)],
  ["Infinity/Infinity", () => A.div(c(Infinity), c(Infinity)), no],
  ["Infinity/[-2, -1]", () => A.div(c(Infinity), i(-2, -1)), is(-Infinity)],
  ["[1, 2]/[4, unbounded)", () => A.div(i(1, 2), i(4, Infinity)), is(0, 0.5)],
  ["[-2, -1]/[-4, -2]", () => A.div(i(-2, -1), i(-4, -2)), is(0.25, 1)],

  ["Infinity - Infinity", () => A.sub(c(Infinity), c(Infinity)), no],
  ["Infinity + 1", () => A.add(c(Infinity), c(1)), is(Infinity)],
  ["huge - another huge", () => A.sub(huge(), A.exp(c(2e300))), is(-Infinity, Infinity)],
  ["huge - the same huge", () => A.sub(huge(), huge()), is(0)],
  ["Infinity - huge", () => A.sub(c(Infinity), huge()), is(Infinity)],
  ["log(tiny) - log(tiny)", () => A.sub(logTiny(), logTiny()), maybe(-Infinity, Infinity)],
  ["NaN", () => c(Number.NaN), no],
  ["NaN + 1", () => A.add(c(Number.NaN), c(1)), no],

  ["exp(1e9)", huge, is(MAX, Infinity)],
  ["exp(-1e9)", tiny, is(0, MIN)],
  ["-exp(1e9)", () => A.neg(huge()), is(-Infinity, -MAX)],
  ["exp(-Infinity)", () => A.exp(c(-Infinity)), is(0)],
  ["exp((unbounded, 0])", () => A.exp(i(-Infinity, 0)), is(0, 1)],
  ["sinh(-1e9)", () => A.sinh(c(-1e9)), is(-Infinity, -MAX)],
  ["expm1(-Infinity)", () => A.expm1(c(-Infinity)), is(-1)],
  ["sigmoid(-1e9)", () => A.sigmoid(c(-1e9)), is(0, MIN)],
  ["sigmoid(-Infinity)", () => A.sigmoid(c(-Infinity)), is(0)],
  ["sigmoid(Infinity)", () => A.sigmoid(c(Infinity)), is(1)],
  ["sigmoid([3.4e38, unbounded))", () => A.sigmoid(i(3.4e38, Infinity)), is(1 - 2 ** -53, 1)],
  ["sigmoid(all numbers)", () => A.sigmoid(i(-Infinity, Infinity)), is(0, 1)],
  ["softplus(-1e9)", () => A.softplus(c(-1e9)), is(0, MIN)],
  ["softplus(-Infinity)", () => A.softplus(c(-Infinity)), is(0)],
  ["softplus(Infinity)", () => A.softplus(c(Infinity)), is(Infinity)],
  ["tanh(Infinity)", () => A.tanh(c(Infinity)), is(1)],
  ["erf(-Infinity)", () => A.erf(c(-Infinity)), is(-1)],
  ["sin(Infinity)", () => A.sin(c(Infinity)), no],
  ["sin([3.4e38, unbounded))", () => A.sin(i(3.4e38, Infinity)), is(-1, 1)],
  ["cos(huge)", () => A.cos(huge()), is(-1, 1)],
  ["cos([-1, 0.5])", () => A.cos(i(-1, 0.5)), is(0.5403023058681397, 1)],
  ["cos([3, 3.5])", () => A.cos(i(3, 3.5)), is(-1, -0.9364566872907962)],
  ["sin([1, 5])", () => A.sin(i(1, 5)), is(-1, 1)],
  ["sin([1, 2])", () => A.sin(i(1, 2)), is(0.8414709848078965, 1)],
  ["tan([1, 2])", () => A.tan(i(1, 2)), maybe(-Infinity, Infinity)],

  ["sqrt(-1)", () => A.sqrt(c(-1)), no],
  ["sqrt([-1, 4])", () => A.sqrt(i(-1, 4)), maybe(0, 2)],
  ["sqrt(Infinity)", () => A.sqrt(c(Infinity)), is(Infinity)],
  ["asin([0, 2])", () => A.asin(i(0, 2)), maybe(0, PI_UP / 2)],
  ["acos(-2)", () => A.acos(c(-2)), no],
  ["acosh(0.5)", () => A.acosh(c(0.5)), no],
  ["atanh(1)", () => A.atanh(c(1)), is(Infinity)],
  ["atanh(-1)", () => A.atanh(c(-1)), is(-Infinity)],
  ["atanh(2)", () => A.atanh(c(2)), no],
  ["atanh([0, 1])", () => A.atanh(i(0, 1)), maybe(0, Infinity)],

  ["pow(0, 0)", () => A.pow(c(0), c(0)), is(1)],
  ["pow(-3, 0)", () => A.pow(c(-3), c(0)), is(1)],
  ["pow([-1, 1], 0)", () => A.pow(i(-1, 1), c(0)), is(1)],
  ["pow(0, 0.5)", () => A.pow(c(0), c(0.5)), is(0)],
  ["pow(0, -1)", () => A.pow(c(0), c(-1)), is(Infinity)],
  ["pow(0, -0.5)", () => A.pow(c(0), c(-0.5)), is(Infinity)],
  ["pow([0, 1], -2)", () => A.pow(i(0, 1), c(-2)), maybe(-Infinity, Infinity)],
  ["pow(-2, 3)", () => A.pow(c(-2), c(3)), is(-8)],
  ["pow(-2, 0.5)", () => A.pow(c(-2), c(0.5)), no],
  ["pow(-2, [0.5, 1.5])", () => A.pow(c(-2), i(0.5, 1.5)), maybe(-Infinity, Infinity)],
  ["pow([-2, 3], 2)", () => A.pow(i(-2, 3), c(2)), is(0, 9)],
  ["pow([-2, 3], 3)", () => A.pow(i(-2, 3), c(3)), is(-8, 27)],
  ["pow([-4, -2], -2)", () => A.pow(i(-4, -2), c(-2)), is(1 / 16, 0.25)],
  ["pow([-4, -2], -1)", () => A.pow(i(-4, -2), c(-1)), is(-0.5, -0.25)],
  ["pow([0.5, 4], [-1, 2])", () => A.pow(i(0.5, 4), i(-1, 2)), is(0.25, 16)],
  ["pow(Infinity, -1)", () => A.pow(c(Infinity), c(-1)), is(0)],
  ["pow(-Infinity, 3)", () => A.pow(c(-Infinity), c(3)), is(-Infinity)],
  ["pow(2, Infinity)", () => A.pow(c(2), c(Infinity)), is(Infinity)],
  ["pow(0.5, Infinity)", () => A.pow(c(0.5), c(Infinity)), is(0)],
  ["pow(1, Infinity)", () => A.pow(c(1), c(Infinity)), maybe(0, Infinity)],
  ["pow(10, 1e9)", () => A.pow(c(10), c(1e9)), is(MAX, Infinity)],

  ["atan2(0, 0)", () => A.atan2(c(0), c(0)), is(0)],
  ["atan2([0, 0.5], [0, 1])", () => A.atan2(i(0, 0.5), i(0, 1)), is(0, PI_UP / 2)],
  ["atan2([-1, 0], -1)", () => A.atan2(i(-1, 0), c(-1)), is(-PI_UP, PI_UP)],
  ["atan2(0, [-1, 1])", () => A.atan2(c(0), i(-1, 1)), is(0, PI_UP)],
  ["atan2(1, Infinity)", () => A.atan2(c(1), c(Infinity)), is(0)],
  ["atan2(Infinity, Infinity)", () => A.atan2(c(Infinity), c(Infinity)), no],

  ["max([0, 3], [1, 2])", () => A.max(i(0, 3), i(1, 2)), is(1, 3)],
  ["max(-Infinity, 1)", () => A.max(c(-Infinity), c(1)), is(1)],
  ["max(1, log(tiny))", () => A.max(c(1), logTiny()), maybe(1, 1)],
  ["min([0, 3], [1, 2])", () => A.min(i(0, 3), i(1, 2)), is(0, 2)],
  ["abs([-3, 2])", () => A.abs(i(-3, 2)), is(0, 3)],
  ["sign([0, 2])", () => A.sign(i(0, 2)), is(0, 1)],
  ["sign(-Infinity)", () => A.sign(c(-Infinity)), is(-1)],
  ["round([0.5, 1.5])", () => A.round(i(0.5, 1.5)), is(0, 2)],
  ["floor([0.5, 1.5])", () => A.floor(i(0.5, 1.5)), is(0, 1)],

  ["1 < 2", () => A.less(c(1), c(2)), is(1)],
  ["2 < 2", () => A.less(c(2), c(2)), is(0)],
  ["[0, 2] < 1", () => A.less(i(0, 2), c(1)), is(0, 1)],
  ["[0, 1] < [1, 2]", () => A.less(i(0, 1), i(1, 2)), is(0, 1)],
  ["huge < Infinity", () => A.less(huge(), c(Infinity)), is(1)],
  ["-Infinity < -huge", () => A.less(c(-Infinity), A.neg(huge())), is(1)],
  ["Infinity < Infinity", () => A.less(c(Infinity), c(Infinity)), is(0)],
  ["0 < log(-1)", () => A.less(c(0), A.log(c(-1))), no],
  ["0 < log(tiny)", () => A.less(c(0), logTiny()), maybe(0, 0)],
  ["Infinity = Infinity", () => A.equal(c(Infinity), c(Infinity)), is(1)],
  ["huge = Infinity", () => A.equal(huge(), c(Infinity)), is(0)],
  ["[0, 1] = 1", () => A.equal(i(0, 1), c(1)), is(0, 1)],

  ["select(1, 5, log(-1))", () => A.select(c(1), c(5), A.log(c(-1))), is(5)],
  ["select(0, log(tiny), 5)", () => A.select(c(0), logTiny(), c(5)), is(5)],
  ["select([0, 1], 5, log(-1))", () => A.select(i(0, 1), c(5), A.log(c(-1))), maybe(5, 5)],
  ["select([0, 1], 5, 7)", () => A.select(i(0, 1), c(5), c(7)), is(5, 7)],
  ["select([0, 1], 5, Infinity)", () => A.select(i(0, 1), c(5), c(Infinity)), maybe(5, Infinity)],
  ["select(log(-1), 5, 5)", () => A.select(A.log(c(-1)), c(5), c(5)), no],
  ["select(1/tiny, 5, 7)", () => A.select(A.div(c(1), tiny()), c(5), c(7)), maybe(5, 7)],
  ["hull(Infinity, Infinity)", () => A.hull(c(Infinity), A.neg(c(-Infinity))), is(Infinity)],
];

describe("intervals at special values", () => {
  it.each(cases)("%s", (_name, evaluate, expected) => {
    A.reset();
    expect(A.enclosure(evaluate())).toEqual(expected);
  });
});

describe("atan2 on an interval across its cut or around the origin", () => {
  const pi = fromDecimal("3.14159265358979323846264338327950288419716939937510");
  const multiple = (n: bigint, d: bigint) => ({ n: pi.n * n, d: pi.d * d });

  it.each([64, 128])("reaches to ±pi and ±pi/2 at %i bits", (bits) => {
    const arithmetic = intervals(bits);
    const around = arithmetic.atan2(arithmetic.interval(-1, 1), arithmetic.interval(-1, 1));
    expect(meets(around, multiple(-1n, 1n))).toBe(true);
    expect(meets(around, multiple(1n, 1n))).toBe(true);
    const right = arithmetic.atan2(arithmetic.interval(-1, 1), arithmetic.interval(0, 1));
    expect(meets(right, multiple(-1n, 2n))).toBe(true);
    expect(meets(right, multiple(1n, 2n))).toBe(true);
  });
});

describe("known", () => {
  it.each([
    ["0.1 + 0.2, which is no float64", () => A.add(c(0.1), c(0.2)), undefined],
    ["1 + 2", () => A.add(c(1), c(2)), 3],
    ["-0", () => A.neg(c(0)), 0],
    ["log(0)", () => A.log(c(0)), -Infinity],
    ["log(-1)", () => A.log(c(-1)), undefined],
    ["exp(1)", () => A.exp(c(1)), undefined],
    ["0·log(tiny)", () => A.mul(c(0), logTiny()), undefined],
  ])("%s", (_name, evaluate, expected) => {
    A.reset();
    expect(A.known(evaluate())).toBe(expected);
  });
});

describe("the sigmoid cross entropy of naive code", () => {
  /** -z·log(s) - (1-z)·log(1-s), s = 1/(1+exp(-x)). */
  function naive(arithmetic: IntervalArithmetic, x: number, z: number): Enclosure {
    const one = arithmetic.constant(1);
    const s = arithmetic.sigmoid(arithmetic.constant(x));
    const label = arithmetic.constant(z);
    const positive = arithmetic.mul(label, arithmetic.log(s));
    const negative = arithmetic.mul(arithmetic.sub(one, label), arithmetic.log(arithmetic.sub(one, s)));
    return arithmetic.enclosure(arithmetic.neg(arithmetic.add(positive, negative)));
  }

  it("is left open at x = 200 by 256 bits and settled by 320, as 1 - s is 2^-289", () => {
    expect(naive(intervals(256), 200, 0).defined).toBe("unknown");
    const settled = naive(intervals(320), 200, 0);
    expect(settled.defined).toBe("yes");
    expect(settled.lo).toBeLessThanOrEqual(200);
    expect(settled.hi).toBeGreaterThanOrEqual(200);
    expect(settled.hi - settled.lo).toBeLessThan(1e-6);
  });

  it("takes no more memory after 100,000 evaluations than after 1,000", () => {
    const arithmetic = intervals(64);
    const evaluate = (times: number) => {
      for (let k = 0; k < times; k++) {
        arithmetic.reset();
        naive(arithmetic, (k % 2000) / 100 - 10, 0.25);
      }
      return memoryBytes();
    };
    const warm = evaluate(1000);
    expect(evaluate(100_000)).toBe(warm);
  });
});

describe("IntervalArithmetic", () => {
  it("refuses a precision that can't hold every float64", async () => {
    const mpfr = await loadMpfr();
    expect(() => new IntervalArithmetic(mpfr, 24)).toThrow(
      "precision of 24 bits: must be an integer from 53",
    );
  });

  it("refuses ends that are out of order", () => {
    expect(() => A.interval(2, 1)).toThrow("interval [2, 1]: the ends must be in order");
  });

  it("keeps its constants 0, 1 and -1 over a reset", () => {
    const [zero, one, minusOne] = [c(0), c(1), c(-1)];
    A.reset();
    A.exp(c(3));
    expect([zero, one, minusOne].map((x) => A.known(x))).toEqual([0, 1, -1]);
  });
});
