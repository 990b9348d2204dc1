import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Ball } from "../../src/arithmetic/ball.js";
import type { OPERATIONS } from "../../src/arithmetic/ball-value.js";
import { exactly, runBalls, states } from "./run-balls.js";

interface Row {
  operands: number[];
  /** Correctly rounded. */
  value: number;
}

type Operation = keyof typeof OPERATIONS;
type MathFunction = Extract<keyof Math, Operation>;

const rows = readRows(new URL("../../fixtures/truth/elementary-functions.csv", import.meta.url));
const mathFunctions = [...rows.keys()].filter((name) => name in Math && name !== "pow") as MathFunction[];

/** What src/arithmetic/ball-functions.ts assumes. */
const ASSUMED_ULPS: Record<string, number> = { asinh: 8, acosh: 8, atanh: 8 };

describe("Math of this JavaScript engine", () => {
  it("has all the functions that the data covers, 2,000 arguments each", () => {
    expect(mathFunctions).toHaveLength(17);
    for (const list of rows.values()) expect(list.length).toBeGreaterThanOrEqual(2000);
  });

  it.each(mathFunctions)("%s is within the ulps that the radius of a ball grants it", (name) => {
    const worst = { ulps: 0, operands: [] as number[] };
    const list = rows.get(name)!;
    const f = Math[name] as (...operands: number[]) => number;
    // Often enough that the optimizing compiler's version of the function is what is tested.
    for (let round = 0; round < 20; round++) {
      for (const { operands, value } of list) {
        const ulps = ulpDistance(f(...operands), value);
        if (ulps > worst.ulps) Object.assign(worst, { ulps, operands });
      }
    }
    // The data are rounded, so the true number is half an ulp further at most.
    expect(worst.ulps + 0.5, `at ${worst.operands}`).toBeLessThanOrEqual(ASSUMED_ULPS[name] ?? 4);
  });
});

describe("a ball of an exact argument", () => {
  it.each([...rows.keys()] as Operation[])("of %s contains the true value", (name) => {
    const list = rows.get(name)!;
    const results = runBalls(
      list[0].operands.map(() => "exact"),
      (source, balls) => [(source[name] as (...balls: Ball[]) => Ball)(...balls)],
      list.map(({ operands }) => operands.map(exactly)),
    );
    let stated = 0;
    list.forEach(({ operands, value }, i) => {
      const [result] = results[i];
      if (!states(result)) return;
      stated++;
      // Exact where the ball says so; else the data's rounding, half an ulp, comes on top.
      const rounding = result.rad === 0 ? 0 : ulp(value) / 2;
      expect(
        Math.abs(result.mid - value) + rounding,
        `${name}(${operands}) = ${value} against ${result.mid} ± ${result.rad}`,
      ).toBeLessThanOrEqual(result.rad);
    });
    // Overflow, and atan2 on its cut, are what is left to the exact tier.
    expect(stated / list.length).toBeGreaterThan(0.9);
  });
});

function readRows(file: URL): Map<string, Row[]> {
  const result = new Map<string, Row[]>();
  for (const line of readFileSync(file, "utf8").trimEnd().split("\n")) {
    const [name, ...numbers] = line.split(",");
    const decoded = numbers.map((hex) => Buffer.from(hex, "hex").readDoubleBE());
    const list = result.get(name) ?? [];
    result.set(name, list);
    list.push({ operands: decoded.slice(0, -1), value: decoded[decoded.length - 1] });
  }
  return result;
}

/** The spacing of float64 at |x|; 0 at infinity, which only equals itself. */
function ulp(x: number): number {
  if (Math.abs(x) === Infinity) return 0;
  return Math.max(2 ** -1074, 2 ** (Math.floor(Math.log2(Math.max(Math.abs(x), 2 ** -1022))) - 52));
}

/** Infinity for NaN, which is no accurate answer to anything in the data. */
function ulpDistance(a: number, b: number): number {
  if (a === b) return 0;
  return Number.isNaN(a) ? Infinity : Math.abs(a - b) / ulp(b);
}
