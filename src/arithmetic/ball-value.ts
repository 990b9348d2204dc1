import type { Arithmetic } from "./arithmetic.js";
import { type Ball, ball } from "./ball.js";
import { BALL_CONSTANTS } from "./ball-code.js";
import { BallSource } from "./ball-source.js";

/** A ball whose midpoint and radius are numbers; see `Ball` for what it states. */
export interface BallValue {
  mid: number;
  rad: number;
}

type Name = Exclude<keyof Arithmetic<Ball>, "constant" | "known">;

/** The operations of an arithmetic, with the number of their operands. */
export const OPERATIONS: Record<Name, number> = {
  ...{ add: 2, sub: 2, mul: 2, div: 2, neg: 1, abs: 1, sign: 1, max: 2, min: 2, square: 1, sqrt: 1 },
  ...{ exp: 1, expm1: 1, log: 1, log1p: 1, sigmoid: 1, softplus: 1, pow: 2, erf: 1 },
  ...{ sin: 1, cos: 1, tan: 1, asin: 1, acos: 1, atan: 1, atan2: 2 },
  ...{ sinh: 1, cosh: 1, tanh: 1, asinh: 1, acosh: 1, atanh: 1 },
  ...{ floor: 1, ceil: 1, round: 1, less: 2, equal: 2, select: 3, hull: 2 },
};

/** One arithmetic from a function for each operation. */
export function arithmeticOf<T>(
  operation: (name: Name, arity: number) => (...operands: T[]) => T,
  rest: Pick<Arithmetic<T>, "constant" | "known">,
): Arithmetic<T> {
  const names = Object.keys(OPERATIONS) as Name[];
  const operations = names.map((name) => [name, operation(name, OPERATIONS[name])]);
  return { ...(Object.fromEntries(operations) as Record<Name, (...operands: T[]) => T>), ...rest };
}

/**
 * Balls of float64 one at a time, for kernels that are not worth a loop of
 * their own. Every operation is compiled from `BallSource`, so that there is
 * one account of the error bounds.
 */
export function ballValues(): Arithmetic<BallValue> {
  return arithmeticOf<BallValue>(compiled, {
    constant: (x) => ({ mid: x, rad: Number.isNaN(x) ? Infinity : 0 }),
    known: (a) => (a.rad === 0 && !Number.isNaN(a.mid) ? a.mid : undefined),
  });
}

/** Nothing is known of the operands when the code is made: their radii may well be 0, so sums keep their exact errors. */
function compiled(name: Name, arity: number): (...operands: BallValue[]) => BallValue {
  const source = new BallSource();
  const parameters = Array.from({ length: arity }, (_, i) => `b${i}`);
  const operands = parameters.map((_, i) => ball(`m${i}`, `r${i}`, { residual: true }));
  const result = (source[name] as (...operands: Ball[]) => Ball)(...operands);
  const body = [
    ...BALL_CONSTANTS,
    ...parameters.map((parameter, i) => `const m${i} = ${parameter}.mid, r${i} = ${parameter}.rad;`),
    ...source.code.lines([result.mid, result.rad]),
    `return { mid: ${result.mid}, rad: ${result.rad} };`,
  ];
  return new Function(...parameters, body.join("\n")) as (...operands: BallValue[]) => BallValue;
}
