import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Ball } from "../../src/arithmetic/ball.js";
import type { BallSource } from "../../src/arithmetic/ball-source.js";
import { type BallValue, ballValues } from "../../src/arithmetic/ball-value.js";
import { compare, fromNumber, type Rational, rational } from "./rational.js";
import { exactly, type Operand, runBalls, states } from "./run-balls.js";

type Operation = Exclude<keyof typeof rational, "constant">;
const ARITY: Record<Operation, number> = {
  ...{
    add: 2,
    sub: 2,
    mul: 2,
    div: 2,
    max: 2,
    min: 2,
    less: 2,
    equal: 2,
    neg: 1,
    abs: 1,
    square: 1,
    select: 3,
  },
};

interface Input {
  kind: Operand;
  ball: BallValue;
  truth: Rational;
}

/** Uniform over the bits, so over all exponents; or numbers that meet and cancel. */
const float32 = fc.oneof(
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1, -1, 0.5, 2, -3, 2 ** 24 - 1, 2 ** -149, -(2 ** -126), 2 ** 127),
);
const float64 = fc.oneof(float32, fc.double({ noNaN: true, noDefaultInfinity: true }));

const input: fc.Arbitrary<Input> = fc.oneof(
  float32.map((x): Input => ({ kind: "single", ball: exactly(x), truth: fromNumber(x) })),
  float64.map((x): Input => ({ kind: "exact", ball: exactly(x), truth: fromNumber(x) })),
  fc
    .tuple(
      float64,
      fc.integer({ min: -70, max: 1 }),
      fc.constantFrom(0, 1),
      fc.constantFrom(-1, -0.5, 0, 0.25, 1),
    )
    .map(([mid, exponent, wide, at]): Input => {
      const rad = wide * Math.abs(mid) * 2 ** exponent;
      const moved = rational.mul(fromNumber(rad), fromNumber(at));
      return { kind: "ball", ball: { mid, rad }, truth: rational.add(fromNumber(mid), moved) as Rational };
    })
    .filter(({ ball }) => ball.rad < Infinity),
);

/** Straight-line programs: each step takes its operands from the inputs and the steps before it. */
const steps = fc.array(
  fc.record({
    operation: fc.constantFrom(...(Object.keys(ARITY) as Operation[])),
    operands: fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)),
  }),
  { minLength: 1, maxLength: 7 },
);

function evaluate<T>(
  arithmetic: Record<Operation, (...operands: T[]) => T>,
  inputs: readonly T[],
  program: readonly { operation: Operation; operands: readonly number[] }[],
): T[] {
  const values = [...inputs];
  for (const { operation, operands } of program) {
    const chosen = operands.slice(0, ARITY[operation]).map((at) => values[at % values.length]);
    values.push(arithmetic[operation](...chosen));
  }
  return values.slice(inputs.length);
}

function expectContains(balls: readonly BallValue[], truths: readonly (Rational | undefined)[]): void {
  truths.forEach((truth, i) => {
    const ball = balls[i];
    if (!states(ball)) return;
    expect(truth, `step ${i} is undefined, the ball says ${ball.mid} ± ${ball.rad}`).toBeDefined();
    expect(Math.abs(ball.mid), `step ${i}`).toBeLessThan(Infinity);
    const distance = rational.abs(rational.sub(truth, fromNumber(ball.mid))) as Rational;
    expect(
      compare(distance, fromNumber(ball.rad)),
      `step ${i}: ${ball.mid} ± ${ball.rad}`,
    ).toBeLessThanOrEqual(0);
  });
}

type RationalArithmetic = Record<Operation, (...operands: (Rational | undefined)[]) => Rational | undefined>;

describe("balls contain exact rational arithmetic", () => {
  it("in generated code", () => {
    fc.assert(
      fc.property(fc.array(input, { minLength: 1, maxLength: 3 }), steps, (inputs, program) => {
        const build = (source: BallSource, balls: Ball[]) =>
          evaluate(source as unknown as Record<Operation, (...operands: Ball[]) => Ball>, balls, program);
        const [balls] = runBalls(
          inputs.map(({ kind }) => kind),
          build,
          [inputs.map(({ ball }) => ball)],
        );
        const truths = inputs.map(({ truth }): Rational | undefined => truth);
        expectContains(balls, evaluate(rational as RationalArithmetic, truths, program));
      }),
      { numRuns: 5000, seed: 20240607 },
    );
  });

  it("one at a time", () => {
    const values = ballValues() as unknown as Record<Operation, (...operands: BallValue[]) => BallValue>;
    fc.assert(
      fc.property(fc.array(input, { minLength: 1, maxLength: 3 }), steps, (inputs, program) => {
        const truths = inputs.map(({ truth }): Rational | undefined => truth);
        const balls = evaluate(
          values,
          inputs.map(({ ball }) => ball),
          program,
        );
        expectContains(balls, evaluate(rational as RationalArithmetic, truths, program));
      }),
      { numRuns: 3000, seed: 20240608 },
    );
  });
});

describe("the radius", () => {
  it("of x - x*z is 0 at z = 1, and of (1-z)*x", () => {
    fc.assert(
      fc.property(float32, (x) => {
        const build = (r: BallSource, [x, z]: Ball[]) => [
          r.sub(x, r.mul(x, z)),
          r.mul(r.sub(r.constant(1), z), x),
        ];
        const [balls] = runBalls(["single", "single"], build, [[exactly(x), exactly(1)]]);
        for (const { mid, rad } of balls) expect([Math.abs(mid), rad]).toEqual([0, 0]);
      }),
    );
  });

  it("of sums, products and quotients of like sign is a few ulps", () => {
    const operand = fc.float({ min: 0.5, max: 4, noNaN: true });
    fc.assert(
      fc.property(operand, operand, operand, (x, y, z) => {
        const build = (r: BallSource, [x, y, z]: Ball[]) => [
          r.div(r.add(r.mul(r.mul(x, y), z), y), r.add(r.mul(x, z), z)),
        ];
        const [[{ mid, rad }]] = runBalls(["single", "single", "single"], build, [[x, y, z].map(exactly)]);
        expect(rad / mid).toBeLessThan(10 * 2 ** -52);
      }),
    );
  });

  it("is unknown where a float64 overflows, though the number exists", () => {
    const build = (r: BallSource, [x]: Ball[]) => [r.exp(x), r.square(r.square(r.square(r.square(x))))];
    for (const x of [3e38, -3e38]) {
      const [[exp, power]] = runBalls(["single"], build, [[exactly(x)]]);
      expect(states(exp)).toBe(x < 0);
      expect(states(power)).toBe(false);
    }
  });
});
