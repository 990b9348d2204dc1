import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Ball } from "../../src/arithmetic/ball.js";
import type { BallSource } from "../../src/arithmetic/ball-source.js";
import { type BallValue, OPERATIONS } from "../../src/arithmetic/ball-value.js";
import type { Interval } from "../../src/arithmetic/interval.js";
import { intervals } from "./exact-ends.js";
import { exactly, type Operand, runBalls, states } from "./run-balls.js";

type Operation = keyof typeof OPERATIONS;
type Functions<T> = Record<Operation, (...operands: T[]) => T>;

const mpfr = intervals(300);

interface Input {
  kind: Operand;
  ball: BallValue;
  truth: number;
}

/** Over all exponents, or near 0, 1 and the numbers where exponentials matter. */
const float32 = fc.oneof(
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.float({ min: -120, max: 120, noNaN: true }),
  fc.float({ min: -2, max: 2, noNaN: true }),
  fc.constantFrom(0, -0, 1, -1, 0.5, 1.5, 2.5, -0.5, 2),
);

const input: fc.Arbitrary<Input> = fc.oneof(
  float32.map((x): Input => ({ kind: "single", ball: exactly(x), truth: x })),
  fc
    .tuple(float32, fc.integer({ min: -60, max: 1 }), fc.constantFrom(-1, -0.5, 0.25, 1))
    .map(([x, exponent, at]): Input => {
      // Rounded, `truth` may fall outside by half an ulp of it, which the radius gets.
      const rad = Math.abs(x) * 2 ** exponent;
      const truth = x + at * rad;
      return {
        kind: "ball",
        ball: { mid: x, rad: Math.max(rad, Math.abs(truth - x)) * (1 + 2 ** -50) },
        truth,
      };
    }),
);

const steps = fc.array(
  fc.record({
    operation: fc.constantFrom(...(Object.keys(OPERATIONS) as Operation[]).filter((name) => name !== "hull")),
    operands: fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)),
  }),
  { minLength: 1, maxLength: 6 },
);

function evaluate<T>(
  arithmetic: Functions<T>,
  inputs: readonly T[],
  program: readonly { operation: Operation; operands: readonly number[] }[],
): T[] {
  const values = [...inputs];
  for (const { operation, operands } of program) {
    const chosen = operands.slice(0, OPERATIONS[operation]).map((at) => values[at % values.length]);
    values.push(arithmetic[operation](...chosen));
  }
  return values.slice(inputs.length);
}

/** Whether a number of the interval is surely not in the ball; how surely decided by the interval's bits. */
function expectMeets(ball: BallValue, interval: Interval, message: string): void {
  const { defined } = mpfr.enclosure(interval);
  expect(defined, message).not.toBe("no");
  // What the intervals can't tell, balls may: then there is nothing to compare.
  if (defined !== "yes") return;
  const distance = mpfr.abs(mpfr.sub(interval, mpfr.constant(ball.mid)));
  expect(mpfr.enclosure(mpfr.sub(distance, mpfr.constant(ball.rad))).lo, message).toBeLessThanOrEqual(0);
}

describe("balls and MPFR intervals enclose the same number", () => {
  it("for every operation, in programs of up to 6", () => {
    const stated = new Map<Operation, number>();
    fc.assert(
      fc.property(fc.array(input, { minLength: 1, maxLength: 3 }), steps, (inputs, program) => {
        const build = (source: BallSource, balls: Ball[]) =>
          evaluate(source as unknown as Functions<Ball>, balls, program);
        const [balls] = runBalls(
          inputs.map(({ kind }) => kind),
          build,
          [inputs.map(({ ball }) => ball)],
        );
        const truths = inputs.map(({ truth }) => mpfr.constant(truth));
        evaluate(mpfr as unknown as Functions<Interval>, truths, program).forEach((truth, i) => {
          if (!states(balls[i])) return;
          const { operation } = program[i];
          stated.set(operation, (stated.get(operation) ?? 0) + 1);
          expectMeets(balls[i], truth, `step ${i}, ${operation}: ${balls[i].mid} ± ${balls[i].rad}`);
        });
        mpfr.reset();
      }),
      { numRuns: 6000, seed: 20240609 },
    );
    for (const operation of Object.keys(OPERATIONS) as Operation[]) {
      if (operation !== "hull" && operation !== "erf")
        expect(stated.get(operation), operation).toBeGreaterThan(50);
    }
  });

  it.each(Object.keys(OPERATIONS).filter((name) => OPERATIONS[name as Operation] === 1) as Operation[])(
    "for %s of a ball, at its ends and inside",
    (operation) => {
      const at = fc.constantFrom(-1, -0.5, 0, 0.5, 1);
      fc.assert(
        fc.property(float32, fc.integer({ min: -58, max: 2 }), at, (mid, exponent, at) => {
          const truth = mid + at * Math.abs(mid) * 2 ** exponent;
          const rad = Math.max(Math.abs(mid) * 2 ** exponent, Math.abs(truth - mid)) * (1 + 2 ** -50);
          const build = (source: BallSource, balls: Ball[]) => [
            (source as unknown as Functions<Ball>)[operation](...balls),
          ];
          const [[ball]] = runBalls(["ball"], build, [[{ mid, rad }]]);
          if (!states(ball)) return;
          const exact = (mpfr as unknown as Functions<Interval>)[operation](mpfr.constant(truth));
          expectMeets(ball, exact, `${operation} of ${mid} ± ${rad} is ${ball.mid} ± ${ball.rad}`);
          mpfr.reset();
        }),
        { numRuns: 400, seed: 20240610 },
      );
    },
  );
});

describe("the radius of sigmoid cross entropy, z·softplus(-x) + (1-z)·softplus(x)", () => {
  it("is below 1e-14 of its value and of its derivative at every x in [-120, 120]", () => {
    const count = 100_000;
    const points = Array.from({ length: count }, (_, i) => {
      const x = Math.fround(-120 + (240 * i) / (count - 1));
      return [exactly(x), exactly(i % 3 === 2 ? Math.fround(0.3) : i % 3)];
    });
    const results = runBalls(
      ["single", "single"],
      (r, [x, z]) => {
        const rest = r.sub(r.constant(1), z);
        const value = r.add(r.mul(z, r.softplus(r.neg(x))), r.mul(rest, r.softplus(x)));
        return [value, r.mul(z, r.sigmoid(r.neg(x))), r.mul(rest, r.sigmoid(x))];
      },
      points,
    );
    let worst = 0;
    for (const balls of results) {
      for (const { mid, rad } of balls) if (mid !== 0 || rad !== 0) worst = Math.max(worst, rad / mid);
    }
    expect(worst).toBeLessThan(1e-14);
  });
});
