/** A rational number n/d with d > 0. */
export interface Rational {
  n: bigint;
  d: bigint;
}

/** The exact value of a float64. */
export function fromNumber(x: number): Rational {
  let scale = 0;
  let integer = x;
  while (!Number.isInteger(integer)) {
    integer *= 2;
    scale++;
  }
  return { n: BigInt(integer), d: 1n << BigInt(scale) };
}

/** The exact value of a decimal such as -1.25e-7. */
export function fromDecimal(text: string): Rational {
  const match = /^(-?)(\d+)(?:\.(\d*))?(?:e([+-]?\d+))?$/.exec(text);
  if (!match) throw new Error(`${text} is not a decimal number`);
  const [, minus, whole, fraction = "", exponent = "0"] = match;
  const power = Number(exponent) - fraction.length;
  const n = BigInt(minus + whole + fraction);
  return power >= 0 ? { n: n * 10n ** BigInt(power), d: 1n } : { n, d: 10n ** BigInt(-power) };
}

export function compare(a: Rational, b: Rational): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}

/** A rational number, or undefined. */
type Value = Rational | undefined;

const lift = (f: (a: Rational, b: Rational) => Value) => (a: Value, b: Value) => a && b && f(a, b);
const truth = (holds: boolean): Rational => ({ n: holds ? 1n : 0n, d: 1n });

/** Exact arithmetic on the rationals. */
export const rational = {
  constant: fromNumber,
  add: lift((a, b) => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d })),
  sub: lift((a, b) => ({ n: a.n * b.d - b.n * a.d, d: a.d * b.d })),
  mul: lift((a, b) => ({ n: a.n * b.n, d: a.d * b.d })),
  div: lift((a, b) => {
    if (b.n === 0n) return undefined;
    return b.n > 0n ? { n: a.n * b.d, d: a.d * b.n } : { n: -a.n * b.d, d: -a.d * b.n };
  }),
  max: lift((a, b) => (compare(a, b) < 0 ? b : a)),
  min: lift((a, b) => (compare(a, b) < 0 ? a : b)),
  less: lift((a, b) => truth(compare(a, b) < 0)),
  equal: lift((a, b) => truth(compare(a, b) === 0)),
  neg: (a: Value): Value => a && { n: -a.n, d: a.d },
  abs: (a: Value): Value => a && { n: a.n < 0n ? -a.n : a.n, d: a.d },
  square: (a: Value): Value => a && { n: a.n * a.n, d: a.d * a.d },
  select: (condition: Value, a: Value, b: Value): Value => condition && (condition.n !== 0n ? a : b),
};
