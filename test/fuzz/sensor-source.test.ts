import { describe, expect, test } from "vitest";
import { Domain } from "../../src/fuzz/domain.js";
import { type Expression, SensorSource } from "../../src/fuzz/sensor-source.js";
import { fromOrdinal, LARGEST, ordinal } from "../../src/inputs/float32.js";
import { Random } from "../../src/inputs/random.js";

type Operation = (source: SensorSource, a: Expression, b: Expression) => Expression;

/** An operation of two numbers a and b as code: what it gives, and what its sensors read. */
function compiled(operation: Operation): (a: number, b?: number) => { result: number; readings: number[] } {
  const source = new SensorSource();
  const { text } = operation(source, { text: "a" }, { text: "b" });
  const lines = ["let h = 0; const i = 0;", ...source.lines, `return ${text};`];
  const run = new Function("a", "b", "best", "bestAt", lines.join("\n"));
  return (a, b = 0) => {
    const best = new Float64Array(source.sensors).fill(Number.NEGATIVE_INFINITY);
    const result: number = run(a, b, best, new Int32Array(source.sensors));
    return { result, readings: [...best] };
  };
}

const { fround } = Math;
const binary = {
  add: (a: number, b: number) => a + b,
  sub: (a: number, b: number) => a - b,
  mul: (a: number, b: number) => a * b,
  div: (a: number, b: number) => a / b,
  max: Math.max,
  min: Math.min,
  pow: Math.pow,
  atan2: Math.atan2,
  less: (a: number, b: number) => Number(a < b),
  equal: (a: number, b: number) => Number(a === b),
};
const unary = {
  neg: (a: number) => -a,
  abs: Math.abs,
  sign: Math.sign,
  square: (a: number) => a * a,
  sqrt: Math.sqrt,
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  sigmoid: (a: number) => 1 / (1 + Math.exp(-a)),
  softplus: (a: number) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))),
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  floor: Math.floor,
  ceil: Math.ceil,
};

const { POSITIVE_INFINITY: INFINITE, NaN: NAN } = Number;
const random = new Random(1);
const floats = new Domain(-LARGEST, LARGEST);
const ordinary = () => fround(random.normal(0, 3));
const numbers = [0, -0, 1, -1, 0.5, 2, 88.75, 1e-40, LARGEST, -LARGEST, INFINITE, -INFINITE, NAN]
  .map(fround)
  .concat(
    Array.from({ length: 30 }, () => floats.bits(random)),
    Array.from({ length: 30 }, ordinary),
  );

describe("results are those of float32, rounded after each operation", () => {
  test.each(Object.entries(unary))("%s", (name, f) => {
    const run = compiled((source, a) => source[name as keyof typeof unary](a));
    for (const a of numbers) expect(run(a).result, String(a)).toBe(fround(f(a)));
  });

  test.each(Object.entries(binary))("%s", (name, f) => {
    const run = compiled((source, a, b) => source[name as keyof typeof binary](a, b));
    for (const a of numbers) {
      for (const b of numbers) expect(run(a, b).result, `${a}, ${b}`).toBe(fround(f(a, b)));
    }
  });

  test("round, to the nearest integer and of two to the even one", () => {
    const run = compiled((source, a) => source.round(a));
    const ties = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5].map((a) => run(a).result + 0);
    expect(ties).toEqual([-2, -2, 0, 0, 2, 2, 4]);
    for (const a of [0.25, -0.75, 7.625, 2 ** 23 + 1, -3, INFINITE])
      expect(run(a).result + 0).toBe(Math.round(a) + 0);
    expect(run(NAN).result).toBe(NAN);
  });

  test("erf, to 0.02", () => {
    // From mpmath 1.3: erf(x).
    const table = [
      [0, 0],
      [0.25, 0.27632639016823696],
      [0.5, 0.5204998778130465],
      [1, 0.8427007929497149],
      [1.5, 0.9661051464753108],
      [2, 0.9953222650189527],
      [3, 0.9999779095030014],
    ];
    const run = compiled((source, a) => source.erf(a));
    for (const [x, erf] of table) {
      expect(Math.abs(run(x).result - erf)).toBeLessThan(0.02);
      expect(Math.abs(run(-x).result + erf)).toBeLessThan(0.02);
    }
  });

  test("select, by a condition that is known or not", () => {
    const run = compiled((source, a, b) => source.select(source.less(a, b), a, source.constant(-7)));
    expect([run(1, 2).result, run(2, 1).result]).toEqual([1, -7]);
    const source = new SensorSource();
    const [a, b] = [{ text: "a" }, { text: "b" }];
    expect([0, 1].map((known) => source.select(source.constant(known), a, b))).toEqual([b, a]);
  });

  test("constants of every kind, also where a sign is put before them", () => {
    for (const x of [0, -0, 1.5, -1.5, 1e-45, INFINITE, -INFINITE, NAN]) {
      const run = compiled((source) => source.neg(source.constant(x)));
      expect(run(0).result).toBe(-x);
      expect(compiled((source) => source.sigmoid(source.constant(x)))(0).result).toBe(
        fround(unary.sigmoid(x)),
      );
    }
  });
});

const down = (steps: number) => Array.from({ length: steps }, (_, k) => 2 ** -k);
/** Numbers nearer and nearer to a place from above, or from below, down to its neighbour, and the place itself. */
const toward = (place: number, side = 1): number[] => [
  ...new Set([
    ...down(place === 0 ? 150 : 22).map((distance) => fround(place + side * distance)),
    fromOrdinal(ordinal(place) + side),
    fround(place),
  ]),
];
const growing = Array.from({ length: 60 }, (_, k) => 1.5 ** k);

/** Arguments that come nearer and nearer to a hazard of an operation. */
const hazards: [name: string, operation: Operation, approach: readonly (readonly [number, number?])[]][] = [
  ["a sum cancels", (s, a, b) => s.add(a, b), toward(1).map((x) => [x, -1])],
  ["a difference cancels", (s, a, b) => s.sub(a, b), toward(3.7182817).map((x) => [x, fround(3.7182817)])],
  ["a difference with a constant cancels", (s, a) => s.sub(a, s.constant(1)), toward(1, -1).map((x) => [x])],
  ["a product gets large", (s, a, b) => s.mul(a, b), growing.map((x) => [fround(x), fround(1.5 * x)])],
  ["a product gets small", (s, a, b) => s.mul(a, b), down(76).map((x) => [x, x])],
  ["a square gets large", (s, a) => s.square(a), growing.map((x) => [fround(x)])],
  ["a quotient gets large", (s, a, b) => s.div(a, b), growing.map((x) => [fround(x), fround(1 / x)])],
  ["a quotient gets small", (s, a, b) => s.div(a, b), growing.map((x) => [fround(1 / x), fround(x)])],
  ["a divisor gets near 0 from above", (s, a, b) => s.div(a, b), toward(0).map((x) => [0, x])],
  ["a divisor gets near 0 from below", (s, a, b) => s.div(a, b), toward(0, -1).map((x) => [0, x])],
  ["a magnitude gets near its kink", (s, a) => s.abs(a), toward(0).map((x) => [x])],
  ["a sign gets near where it changes", (s, a) => s.sign(a), toward(0, -1).map((x) => [x])],
  ["max gets near a tie", (s, a, b) => s.max(a, b), toward(5).map((x) => [x, 5])],
  ["min gets near a tie", (s, a, b) => s.min(a, b), toward(5, -1).map((x) => [5, x])],
  ["max with 0 gets near its kink", (s, a) => s.max(a, s.constant(0)), toward(0).map((x) => [x])],
  ["0 is compared with what gets near it", (s, a) => s.less(s.constant(0), a), toward(0, -1).map((x) => [x])],
  ["less gets near a tie", (s, a, b) => s.less(a, b), toward(-2).map((x) => [x, -2])],
  ["equal gets near", (s, a, b) => s.equal(a, b), toward(1).map((x) => [1, x])],
  ["a root gets near 0", (s, a) => s.sqrt(a), toward(0).map((x) => [x])],
  ["a logarithm gets near 0", (s, a) => s.log(a), toward(0).map((x) => [x])],
  ["a logarithm gets near that of 1 from above", (s, a) => s.log(a), toward(1).map((x) => [x])],
  [
    "a logarithm gets near that of 1 from below",
    (s, a) => s.log(a),
    toward(1, -1)
      .slice(1)
      .map((x) => [x]),
  ],
  ["log1p gets near -1", (s, a) => s.log1p(a), toward(-1).map((x) => [x])],
  ["a base gets near 0", (s, a, b) => s.pow(a, b), toward(0).map((x) => [x, 1])],
  ["an exponent gets near 0", (s, a, b) => s.pow(a, b), toward(0).map((x) => [2, x])],
  ["a power gets large", (s, a, b) => s.pow(a, b), growing.slice(8, 18).map((x) => [2, fround(x / 10)])],
  ["atan2 gets near the origin", (s, a, b) => s.atan2(a, b), toward(0).map((x) => [1, x])],
  ["acosh gets near 1", (s, a) => s.acosh(a), toward(1).map((x) => [x])],
  ...(["asin", "acos", "atanh"] as const).flatMap((name): typeof hazards => [
    [`${name} gets near 1`, (s, a) => s[name](a), toward(1, -1).map((x) => [x])],
    [`${name} gets near -1`, (s, a) => s[name](a), toward(-1).map((x) => [x])],
  ]),
  ...(["exp", "expm1", "sinh", "cosh", "tanh", "sigmoid", "softplus", "erf"] as const).flatMap(
    (name): typeof hazards => [
      [`${name} gets far out above`, (s, a) => s[name](a), growing.map((x) => [fround(x)])],
      [`${name} gets far out below`, (s, a) => s[name](a), growing.map((x) => [fround(-x)])],
    ],
  ),
];

describe("some sensor reads more the nearer", () => {
  test.each(hazards)("%s", (_, operation, approach) => {
    const run = compiled(operation);
    const readings = approach.map(([a, b]) => run(a, b).readings);
    const rises = readings[0].map((__, k) =>
      readings.every((one, i) => i === 0 || one[k] > readings[i - 1][k]),
    );
    expect(rises).toContain(true);
    for (const one of readings) expect(one.every((reading) => reading < Infinity)).toBe(true);
  });
});

describe("what is read, by plain formulas", () => {
  const pairs = numbers.flatMap((a) => numbers.map((b) => [a, b] as const));
  const expectReadings = (operation: Operation, expected: (a: number, b: number) => number[]) => {
    const run = compiled(operation);
    for (const [a, b] of pairs) {
      // What is not a number, or beyond all numbers, is not read.
      const wanted = expected(a, b).map((reading) => (reading < Infinity ? reading : -Infinity));
      expect(run(a, b).readings, `${a}, ${b}`).toEqual(wanted);
    }
  };

  test("cancellation: |a| + |b| over |a - b|", () => {
    expectReadings(
      (s, a, b) => s.sub(a, b),
      (a, b) => {
        const difference = Math.abs(fround(a - b));
        if (difference === 0) return [a === 0 ? 0 : 2 ** 150];
        return [(Math.abs(a) + Math.abs(b)) / difference];
      },
    );
  });

  test("a product: its size, and that of its reciprocal; 0 tells only where no factor is 0", () => {
    expectReadings(
      (s, a, b) => s.mul(a, b),
      (a, b) => {
        const product = Math.abs(fround(a * b));
        if (product === 0) return [0, a === 0 || b === 0 ? 0 : 2 ** 150];
        return [product, 1 / product];
      },
    );
  });

  test("a tie: |a| + |b| over their distance", () => {
    expectReadings(
      (s, a, b) => s.max(a, b),
      (a, b) => [a === b ? 2 ** 150 : (Math.abs(a) + Math.abs(b)) / Math.abs(a - b)],
    );
  });

  test("a logarithm: the reciprocals of the distances to 0 and to 1", () => {
    expectReadings(
      (s, a) => s.log(a),
      (a) => [0, 1].map((place) => (a === place ? 2 ** 150 : 1 / Math.abs(a - place))),
    );
  });

  test("what grows without bound: the argument, of either sign", () => {
    expectReadings(
      (s, a) => s.exp(a),
      (a) => [a, -a],
    );
  });
});

test("constants have no hazard: what is divided by 2 does not come nearer to 0", () => {
  const count = (operation: Operation) => compiled(operation)(1).readings.length;
  const two = (s: SensorSource) => s.constant(2);
  expect(count((s, a) => s.div(a, two(s)))).toBe(count((s, a, b) => s.div(a, b)) - 1);
  expect(count((s) => s.log(two(s)))).toBe(0);
  expect(count((s) => s.exp(two(s)))).toBe(0);
  expect(count((s, a) => s.add(a, s.constant(0)))).toBe(0);
});
