import { beforeAll, describe, expect, test } from "vitest";
import type { Finding, Kind, Quantity } from "../../src/judge/finding.js";
import { htmlReport } from "../../src/report/html/html-report.js";
import { sampleReport } from "../report/sample-report.js";
import { atLeast, atMost, direct, isOf, next, previous } from "./direct.js";
import { findings, type Swept, swept } from "./swept.js";

const LN2 = Math.LN2;
/** exp rounds to Infinity: from ln(2^128(1-2^-25)) on. */
const OVERFLOWS = atLeast(128 * LN2 + Math.log1p(-(2 ** -25)));
/** 1/p rounds to Infinity: p below 2^-128. */
const INVERSE_OVERFLOWS = atMost(-128 * LN2);
/** exp rounds to 0: below ln(2^-150). Not so on wasm, whose sigmoid drops what is subnormal, below ln(2^-126). */
const VANISHES = { cpu: atMost(-150 * LN2), wasm: atMost(-126 * LN2) };
/** 1/(1+exp(-x)), rounded once from float64, is 1: from 25 ln 2 on. */
const SATURATES = atLeast(25 * LN2);
/** 1 + exp(-x) is 1 in float32: from 24 ln 2 on. */
const ABSORBS = atLeast(24 * LN2);
/** (1+exp(-x))² overflows: below -64 ln 2. */
const SQUARE_OVERFLOWS = atMost(-64 * LN2);

const results = new Map<string, Swept>();
const noMaps = { count: 0, height: 1, width: 1, classes: 1, objects: [0, 0] as [number, number] };

beforeAll(async () => {
  const plots = true;
  for (const loss of ["softplus", "log-sum-exp", "sigmoid-cross-entropy"]) {
    results.set(loss, await swept(loss, { plots }));
  }
  results.set(
    "softmax-cross-entropy",
    await swept("softmax-cross-entropy", { heatmaps: { ...noMaps, classes: 2 }, plots }),
  );
  results.set("heatmap-focal", await swept("heatmap-focal", { heatmaps: noMaps, plots }));
}, 180_000);

type Fact = [
  loss: string,
  implementation: string,
  quantity: Quantity,
  kind: Kind,
  label: number,
  from: number,
  to: number,
];

const TARGETS = ["cpu", "wasm"] as const;
const factsOn = (target: "cpu" | "wasm"): Fact[] => [
  ["softplus", "naive", "value", "overflow", 0, OVERFLOWS, 120],
  ["softplus", "naive", "gradient", "nan", 0, OVERFLOWS, 120],
  ["softplus", "log1p", "value", "overflow", 0, OVERFLOWS, 120],
  ["softplus", "log1p", "gradient", "nan", 0, OVERFLOWS, 120],
  ["log-sum-exp", "naive", "value", "overflow", 0, OVERFLOWS, 120],
  ["log-sum-exp", "naive", "gradient", "nan", 0, OVERFLOWS, 120],

  ["sigmoid-cross-entropy", "naive", "value", "overflow", 0, SATURATES, 120],
  ["sigmoid-cross-entropy", "naive", "gradient", "nan", 0, SATURATES, 120],
  ["sigmoid-cross-entropy", "naive", "value", "nan", 0, -120, VANISHES[target]],
  ["sigmoid-cross-entropy", "naive", "gradient", "nan", 0, -120, VANISHES[target]],
  ["sigmoid-cross-entropy", "naive", "value", "nan", 1, SATURATES, 120],
  ["sigmoid-cross-entropy", "naive", "gradient", "nan", 1, SATURATES, 120],
  ["sigmoid-cross-entropy", "naive", "value", "overflow", 1, -120, VANISHES[target]],
  ["sigmoid-cross-entropy", "naive", "gradient", "nan", 1, -120, VANISHES[target]],
  ["sigmoid-cross-entropy", "line-2", "value", "nan", 1, -120, INVERSE_OVERFLOWS],
  [
    "sigmoid-cross-entropy",
    "line-2",
    "gradient",
    "dead-gradient",
    1,
    next(INVERSE_OVERFLOWS),
    SQUARE_OVERFLOWS,
  ],
  ["sigmoid-cross-entropy", "line-5", "value", "overflow", 0, -120, INVERSE_OVERFLOWS],
  ["sigmoid-cross-entropy", "line-5", "value", "overflow", 1, -120, INVERSE_OVERFLOWS],
  ["sigmoid-cross-entropy", "line-6", "gradient", "nan", 1, -120, INVERSE_OVERFLOWS],
  ["sigmoid-cross-entropy", "line-8", "value", "overflow", 0, OVERFLOWS, 120],
  ["sigmoid-cross-entropy", "line-8", "gradient", "nan", 1, OVERFLOWS, 120],
  // 0.5 where -0.5 is true has the wrong sign, and is an error; 1.5 where 0.5 is true is a warning.
  ["sigmoid-cross-entropy", "overflow-free", "gradient", "formula", 0, 0, 0],
  ["sigmoid-cross-entropy", "tensorflow", "gradient", "formula", 0, 0, 0],
  ["sigmoid-cross-entropy", "tensorflow", "gradient", "formula", 1, 0, 0],

  ["heatmap-focal", "naive", "value", "overflow", 0, SATURATES, 120],
  ["heatmap-focal", "naive", "gradient", "nan", 0, SATURATES, 120],
  ["heatmap-focal", "naive", "value", "nan", 0, -120, VANISHES[target]],
  ["heatmap-focal", "naive", "value", "nan", 1, SATURATES, 120],
  ["heatmap-focal", "naive", "gradient", "nan", 1, SATURATES, 120],
  ["heatmap-focal", "naive", "value", "overflow", 1, -120, VANISHES[target]],
  ["heatmap-focal", "slow", "value", "overflow", 0, SATURATES, 120],
  ["heatmap-focal", "trans-pred", "value", "overflow", 0, SATURATES, 120],
  ["heatmap-focal", "trans-pred", "value", "overflow", 1, -120, -SATURATES],
  ["heatmap-focal", "logits", "gradient", "throws", 0, -120, 120],
  ["heatmap-focal", "logits", "value", "underflow", 1, SATURATES, 0],
];

const CPU_ONLY: Fact[] = [
  // The gradient -1/p overflows before p vanishes.
  ["sigmoid-cross-entropy", "naive", "gradient", "overflow", 1, next(VANISHES.cpu), INVERSE_OVERFLOWS],
  ["heatmap-focal", "naive", "gradient", "overflow", 1, next(VANISHES.cpu), INVERSE_OVERFLOWS],
];

const all = [
  ...TARGETS.flatMap((target) => factsOn(target).map((fact) => [target, ...fact] as const)),
  ...CPU_ONLY.map((fact) => ["cpu", ...fact] as const),
];

test.each(all)(
  "on %s %s#%s: the %s is %s for label %d from %d to %d",
  (target, loss, implementation, quantity, kind, label, from, to) => {
    const found = findings(results.get(loss)!, { target, implementation, quantity, kind, label });
    const regions = found.map(({ region }) => [region.from.value, region.to.value]);
    if (kind === "underflow") expect(regions.map(([start]) => start)).toContain(from);
    else expect(regions).toContainEqual([from, to]);
    if (kind !== "formula" && kind !== "underflow") {
      expect(found.every(({ severity, region }) => severity === "error" && region.share === 1)).toBe(true);
    }
  },
);

test("the boundaries are those that are known", () => {
  expect([OVERFLOWS, SATURATES, ABSORBS].map(Math.fround)).toEqual(
    [88.72284, 17.32868, 16.635532].map(Math.fround),
  );
});

test("every NaN and infinity of the catalogue begins and ends where tfjs itself says so, to one ulp", () => {
  let confirmed = 0;
  for (const [loss, { findings: found }] of results) {
    for (const { implementation, target, quantity, kind, region } of found) {
      if (kind !== "nan" && kind !== "overflow") continue;
      const label = Number.parseFloat(String(region.label));
      const beside = String(region.label).includes("beside");
      const [from, to] = [Number(region.from.value), Number(region.to.value)];
      const fails = (x: number) =>
        isOf(kind, direct(loss, implementation, quantity, { target, x, label, beside }));
      const what = `${loss}#${implementation} on ${target}: ${quantity} ${kind}, label ${region.label}`;
      expect([fails(from), fails(to)], `${what}: inside`).toEqual([true, true]);
      expect([from > -120 && fails(previous(from)), to < 120 && fails(next(to))], `${what}: outside`).toEqual(
        [false, false],
      );
      confirmed++;
    }
  }
  expect(confirmed).toBeGreaterThan(100);
});

test.each(TARGETS)(
  "on %s the clamp has a gradient of exactly 0 beyond ln(0.9999/0.0001), to one ulp",
  (target) => {
    const above = findings(results.get("heatmap-focal")!, {
      implementation: "clamped",
      target,
      kind: "dead-gradient",
      label: 0,
    });
    const below = findings(results.get("heatmap-focal")!, {
      implementation: "clamped",
      target,
      kind: "dead-gradient",
      label: 1,
    });
    const [from, to] = [Number(above[0].region.from.value), Number(below[0].region.to.value)];
    // The clamp compares float32 probabilities, which near 0.9999 are 6e-8 apart: 6e-4 in logits.
    expect(Math.abs(from - Math.log(9999))).toBeLessThan(6e-4);
    expect(Math.abs(to + Math.log(9999))).toBeLessThan(6e-4);
    const gradient = (x: number, label: number) =>
      direct("heatmap-focal", "clamped", "gradient", { target, x, label });
    expect([gradient(from, 0), gradient(to, 1)].map(Math.abs)).toEqual([0, 0]);
    expect(gradient(previous(from), 0)).toBeGreaterThan(0.9);
    expect(gradient(next(to), 1)).toBeLessThan(-0.9);
    expect(above[0].region.to.value).toBe(120);
    expect(below[0].region.from.value).toBe(-120);
  },
);

const one = (
  target: string,
  loss: string,
  implementation: string,
  quantity: Quantity,
  kind: Kind,
  label: number,
): Finding => {
  const found = findings(results.get(loss)!, { target, implementation, quantity, kind, label });
  expect(found).toHaveLength(1);
  return found[0];
};

describe.each(TARGETS)("on %s", (target) => {
  test("TensorFlow's form has the gradient 1.5 at 0, where 0.5 is true, and 0.5 where -0.5 is", () => {
    const wrong = one(target, "sigmoid-cross-entropy", "tensorflow", "gradient", "formula", 0);
    expect(wrong).toMatchObject({
      severity: "warning",
      worst: { computed: { value: 1.5 }, exact: { value: 0.5 } },
    });
    const sign = one(target, "sigmoid-cross-entropy", "tensorflow", "gradient", "formula", 1);
    expect(sign).toMatchObject({
      severity: "error",
      worst: { computed: { value: 0.5 }, exact: { value: -0.5 } },
    });
  });

  test("its gradient for a confident positive is 0 by cancellation, which is a note", () => {
    const lost = one(target, "sigmoid-cross-entropy", "tensorflow", "gradient", "underflow", 1);
    expect(lost).toMatchObject({ severity: "note", region: { from: { value: ABSORBS } } });
    expect(direct("sigmoid-cross-entropy", "tensorflow", "gradient", { target, x: 17, label: 1 })).toBe(0);
  });

  test("the clamped loss of a confident mistake stands still at 9.208", () => {
    const [semantic] = findings(results.get("heatmap-focal")!, {
      target,
      implementation: "clamped",
      quantity: "value",
      kind: "semantic",
      label: 0,
      side: "above",
    });
    expect(semantic).toMatchObject({ severity: "warning", worst: { input: { value: 120 } } });
    // -ln(1 - 0.9999)·0.9999², 0.9999 the float32.
    const p = Math.fround(1 - 1e-4);
    expect(Number(semantic.worst.computed?.value)).toBeCloseTo(-Math.log(1 - p) * p * p, 2);
    expect(Number(semantic.worst.exact.value)).toBeCloseTo(120, 10);
  });

  test("the loss on logits is another function where there is no positive: 0, with no gradient", () => {
    const value = findings(results.get("heatmap-focal")!, {
      target,
      implementation: "logits",
      quantity: "value",
      kind: "semantic",
      label: 0,
      side: "around-0",
    });
    expect(value[0]).toMatchObject({
      severity: "warning",
      region: { to: { value: 120 }, share: 1 },
      worst: { computed: { value: 0 } },
    });
    const gradient = one(target, "heatmap-focal", "logits-differentiable", "gradient", "dead-gradient", 0);
    expect(gradient.message).toMatch(/another function/);
    // With a positive it is the same function: nothing is semantic there.
    for (const implementation of ["logits", "logits-differentiable"]) {
      for (const label of [1, "0 beside a positive"]) {
        expect(
          findings(results.get("heatmap-focal")!, { target, implementation, kind: "semantic", label }),
        ).toEqual([]);
      }
    }
  });

  test("the loss on logits loses what is left of a confident positive", () => {
    const lost = one(target, "heatmap-focal", "logits-differentiable", "value", "underflow", 1);
    expect(lost).toMatchObject({ severity: "note", region: { from: { value: SATURATES } } });
  });

  test("tfjs itself throws for the gradient of divNoNan", () => {
    expect(one(target, "heatmap-focal", "logits", "gradient", "throws", 1).message).toMatch(/Equal/);
  });
});

test("tfjs's wasm backend has no gradient for gather, and its cpu backend spreads NaN with it", () => {
  expect(one("wasm", "heatmap-focal", "slow", "gradient", "throws", 0).message).toMatch(/UnsortedSegmentSum/);
  expect(
    findings(results.get("heatmap-focal")!, { target: "cpu", implementation: "slow", kind: "throws" }),
  ).toEqual([]);
});

test("nothing stays unresolved, nothing goes wrong, and few points need MPFR", () => {
  for (const [loss, { errors, unresolved, summary }] of results) {
    expect({ loss, errors, unresolved }).toEqual({ loss, errors: [], unresolved: 0 });
    if (loss !== "heatmap-focal") expect(summary.escalated, loss).toBeLessThan(0.05);
  }
});

test("all of it, with its plots, is a page of less than 1 MB", async () => {
  const all = [...results.values()];
  const page = await htmlReport({
    ...sampleReport,
    losses: all.map(({ summary }) => summary),
    findings: all.flatMap(({ findings }) => findings),
  });
  // The pictures of the maps, which are not drawn here, are a tenth of it at most.
  expect(Buffer.byteLength(page)).toBeLessThan(900_000);
});
