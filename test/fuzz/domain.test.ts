import { describe, expect, test } from "vitest";
import { Domain } from "../../src/fuzz/domain.js";
import { fromOrdinal, LARGEST, ordinal } from "../../src/inputs/float32.js";
import { Random } from "../../src/inputs/random.js";

const SMALLEST = 2 ** -149;
const { NaN: NAN, POSITIVE_INFINITY: INFINITE } = Number;
const domains = [
  new Domain(-10_000, 10_000),
  new Domain(0, 1),
  new Domain(-LARGEST, LARGEST),
  new Domain(-3 * SMALLEST, 2 * SMALLEST),
  new Domain(2, 3),
  new Domain(-3, -2),
  new Domain(-1, 1, [INFINITE, -INFINITE]),
  new Domain(-1, 1, [NAN]),
];
const numbers = [0, -0, 1, -1, 2.5, -2.5, 0.1, 1e-40, -1e-40, 1e38, -1e38, 1e300, INFINITE, -INFINITE, NAN];

const isFloat = (x: number) => Object.is(Math.fround(x), x);

test("the ends, all between them and the extra numbers are in a domain, and nothing else", () => {
  const domain = new Domain(-1, 2, [INFINITE]);
  for (const x of [-1, 2, 0, -0, 1e-45, INFINITE]) expect(domain.has(x)).toBe(true);
  for (const x of [-INFINITE, NAN, fromOrdinal(ordinal(2) + 1), fromOrdinal(ordinal(-1) - 1)])
    expect(domain.has(x)).toBe(false);
  expect(new Domain(0, 1, [NAN]).has(NAN)).toBe(true);
});

describe("nearest", () => {
  test("never leaves the domain, nor float32", () => {
    for (const domain of domains) {
      for (const x of numbers) {
        const nearest = domain.nearest(x);
        expect(domain.has(nearest)).toBe(true);
        expect(isFloat(nearest)).toBe(true);
        if (domain.has(Math.fround(x))) expect(nearest).toBe(Math.fround(x));
      }
    }
  });

  test("is the end on that side, and for NaN what is nearest to 0", () => {
    const domain = new Domain(2, 3);
    expect([1, 0, -INFINITE, 4, INFINITE, NAN].map((x) => domain.nearest(x))).toEqual([2, 2, 2, 3, 3, 2]);
    expect(new Domain(-3, -2).nearest(NAN)).toBe(-2);
    expect(new Domain(-3, 2).nearest(NAN)).toBe(0);
    expect(new Domain(-1, 1).nearest(0.1)).toBe(Math.fround(0.1));
  });

  test("keeps the sign of 0, and NaN and Infinity where they are allowed", () => {
    expect(new Domain(-1, 1).nearest(-0)).toBe(-0);
    expect(new Domain(-1, 1, [NAN, INFINITE]).nearest(NAN)).toBe(NAN);
    expect(new Domain(-1, 1, [INFINITE]).nearest(INFINITE)).toBe(INFINITE);
    expect(new Domain(-1, 1, [INFINITE]).nearest(-INFINITE)).toBe(-1);
  });
});

describe("step", () => {
  test("never leaves the domain", () => {
    for (const domain of domains) {
      for (const x of numbers) {
        for (const ulps of [0, 1, -1, 1000, -1000, 2 ** 31, -(2 ** 31)]) {
          const stepped = domain.step(domain.nearest(x), ulps);
          expect(stepped >= domain.low && stepped <= domain.high).toBe(true);
          expect(isFloat(stepped)).toBe(true);
        }
      }
    }
  });

  test("goes to the neighbours, across 0 and binades, and stops at the ends", () => {
    const domain = new Domain(-2, 2);
    expect(domain.step(0, 1)).toBe(SMALLEST);
    expect(domain.step(SMALLEST, -2)).toBe(-SMALLEST);
    expect(domain.step(1, 1)).toBe(1 + 2 ** -23);
    expect(domain.step(1, -1)).toBe(1 - 2 ** -24);
    expect(domain.step(2, 1)).toBe(2);
    expect(domain.step(-2, -5)).toBe(-2);
  });

  test("from Infinity to the end, from NaN to what is nearest to 0", () => {
    const domain = new Domain(1, 2, [INFINITE, -INFINITE, NAN]);
    expect(domain.step(INFINITE, -1)).toBe(2);
    expect(domain.step(-INFINITE, 1)).toBe(1);
    expect(domain.step(NAN, 1)).toBe(1);
  });
});

describe("bits", () => {
  test("never leaves the domain", () => {
    const random = new Random(1);
    for (const domain of domains) {
      for (let i = 0; i < 2000; i++) {
        const x = domain.bits(random);
        expect(x >= domain.low && x <= domain.high).toBe(true);
        expect(isFloat(x)).toBe(true);
      }
    }
  });

  test("hits every float of a small domain, both zeros among them, as often", () => {
    const random = new Random(2);
    const counts = new Map<string, number>();
    const n = 7000;
    for (let i = 0; i < n; i++) {
      const x = new Domain(-3 * SMALLEST, 2 * SMALLEST).bits(random);
      const name = Object.is(x, -0) ? "-0" : String(x / SMALLEST);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(["-0", "-1", "-2", "-3", "0", "1", "2"]);
    // 6 standard deviations of a count with probability 1/7.
    for (const count of counts.values()) expect(Math.abs(count - n / 7)).toBeLessThan(6 * Math.sqrt(n / 7));
  });

  test("hits all exponents of either sign, and subnormals", () => {
    const random = new Random(3);
    const domain = new Domain(-LARGEST, LARGEST);
    const seen = new Set<string>();
    for (let i = 0; i < 20_000; i++) {
      const x = domain.bits(random);
      const exponent = Math.abs(x) < 2 ** -126 ? -127 : Math.floor(Math.log2(Math.abs(x)));
      seen.add(`${Math.sign(x)} ${Math.min(exponent, 127)}`);
    }
    for (const sign of [-1, 1]) {
      for (let exponent = -127; exponent <= 127; exponent++) expect(seen).toContain(`${sign} ${exponent}`);
    }
  });
});
