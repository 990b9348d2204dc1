import { describe, expect, test } from "vitest";
import type { Enclosure } from "../../src/arithmetic/enclosure.js";
import { attribute, isAnother } from "../../src/judge/attribution.js";
import { codeOf } from "../../src/judge/classify.js";
import type { NumberKind, Quantity, Severity } from "../../src/judge/finding.js";

const TOLERANCE = { rtol: 1e-5, atol: 0 };
const exactly = (x: number): Enclosure => ({ lo: x, hi: x, defined: "yes" });
const between = (lo: number, hi: number): Enclosure => ({ lo, hi, defined: "yes" });
const open: Enclosure = { lo: -Infinity, hi: Infinity, defined: "unknown" };
const undefinedNumber: Enclosure = { lo: Number.NaN, hi: Number.NaN, defined: "no" };

interface Case {
  kind?: NumberKind;
  severity?: Severity;
  quantity?: Quantity;
  loss?: Enclosure;
  results: Enclosure[];
  derivative?: Enclosure;
  rtol?: number;
}

function attributed({
  kind = "inaccurate",
  severity = "warning",
  quantity = "gradient",
  loss = exactly(1),
  results,
  derivative,
  rtol = TOLERANCE.rtol,
}: Case) {
  const own = { results, derivative: () => derivative };
  return attribute(codeOf(kind, severity), quantity, loss, own, { rtol, atol: 0 });
}

describe("a number that fails", () => {
  test("is badly computed where the implementation, run exactly, gives the loss to within the tolerance", () => {
    for (const own of [exactly(1), exactly(1 + 0.9e-5), between(1 - 1e-12, 1 + 1e-12)]) {
      expect(attributed({ results: [own] })).toEqual({ kind: "inaccurate", severity: "warning" });
    }
  });

  test("is that of another function where it does not, with the number that it gives", () => {
    expect(attributed({ quantity: "value", results: [exactly(1 + 1.1e-5)] })).toEqual({
      kind: "semantic",
      severity: "warning",
      own: 1 + 1.1e-5,
    });
    expect(attributed({ results: [exactly(2)], derivative: exactly(2) })).toMatchObject({ kind: "semantic" });
  });

  test("is not the derivative where autodiff's gradient is another number, whatever it does to training", () => {
    for (const [kind, severity] of [
      ["inaccurate", "warning"],
      ["dead-gradient", "error"],
      ["wrong-sign", "error"],
    ] as const) {
      expect(attributed({ kind, severity, results: [exactly(1.5)], derivative: exactly(0.5) })).toEqual({
        kind: "formula",
        severity,
        own: 1.5,
        derivative: 0.5,
      });
    }
  });

  test("keeps what it does to training where it is the derivative of another function", () => {
    const dead = { kind: "dead-gradient", severity: "error", results: [exactly(0)] } as const;
    expect(attributed({ ...dead, results: [...dead.results], derivative: exactly(0) })).toEqual({
      kind: "dead-gradient",
      severity: "error",
      own: 0,
    });
  });

  test("stays what it is where nothing can be told: NaN, an open loss, an own result that is open or undefined", () => {
    const verdict = { kind: "inaccurate", severity: "warning" };
    expect(attributed({ kind: "nan", severity: "error", results: [exactly(2)] })).toEqual({
      kind: "nan",
      severity: "error",
    });
    expect(attributed({ loss: open, results: [exactly(2)] })).toEqual(verdict);
    expect(attributed({ results: [open, between(0, 2)] })).toEqual(verdict);
    expect(attributed({ results: [undefinedNumber, exactly(2)] })).toEqual(verdict);
    // An open derivative accuses nobody.
    expect(attributed({ results: [exactly(2)], derivative: open })).toMatchObject({ kind: "semantic" });
  });

  test("is told by the first result that is narrow enough", () => {
    expect(attributed({ results: [between(1.5, 3), exactly(2)] })).toMatchObject({
      kind: "semantic",
      own: 2,
    });
  });
});

describe("two exact numbers", () => {
  const another = (a: Enclosure, b: Enclosure, rtol = 1e-5) => isAnother(a, b, "gradient", { rtol, atol: 0 });

  test("at a kink no number between the slopes is another one, and one outside is", () => {
    expect(another(exactly(-0.3), between(-1, 0))).toBe(false);
    expect(another(exactly(1e-3), between(-1, 0))).toBe(true);
    expect(another(exactly(-1.001), between(-1, 0))).toBe(true);
  });

  test("infinities are equal", () => {
    expect(another(exactly(Infinity), exactly(Infinity))).toBe(false);
    expect(another(exactly(2), exactly(Infinity))).toBe(true);
  });

  test("what the rounding of constants moves is no other function, even without a tolerance", () => {
    const ulp = 2 ** -23;
    expect(another(exactly(1 + 4 * ulp), exactly(1), 0)).toBe(false);
    expect(another(exactly(1 + 5 * ulp), exactly(1), 0)).toBe(true);
  });
});
