import { Chalk } from "chalk";
import { describe, expect, test } from "vitest";
import type { FuzzFinding, FuzzReport } from "../../src/fuzz/report.js";
import { fromBits } from "../../src/inputs/float32.js";
import type { Float } from "../../src/judge/finding.js";
import { fuzzEndText, fuzzFindingText } from "../../src/report/fuzz-text.js";

const terminal = { columns: 80, colour: new Chalk({ level: 0 }) };
const widest = (text: string) => Math.max(...text.split("\n").map((line) => line.length));

/** Floats whose bits are known from IEEE 754. */
const ZERO: Float = { value: 0, bits: "0x00000000" };
const ONE: Float = { value: 1, bits: "0x3f800000" };
const HUNDRED: Float = { value: 100, bits: "0x42c80000" };
const BOUNDARY: Float = { value: fromBits("0x42b17218"), bits: "0x42b17218" };
const NAN: Float = { value: "NaN", bits: "0x7fc00000" };

/** The gradient of log(1 + exp(x)) at 100. */
const finding: FuzzFinding = {
  id: "softplus/naive/cpu/gradient/nan/Exp",
  loss: "softplus",
  implementation: "naive",
  target: "cpu",
  arithmetic: "float32",
  quantity: "gradient",
  kind: "nan",
  severity: "error",
  region: { from: BOUNDARY, to: HUNDRED, label: 0, points: 1, share: 1 },
  worst: { input: HUNDRED, label: 0, computed: NAN, exact: ONE, ulps: "NaN" },
  message: "The gradient is NaN where it is 1. Exp overflows.",
  reason: "Exp overflows (softplus.ts:17): exp(x) is Infinity where it is 2.69e+43.",
  replay: "audit explain softplus#naive --at=100 --label=0 --target=cpu",
  example: { shape: [1], logits: [HUNDRED], labels: [ZERO] },
  runs: 10,
};

const report: FuzzReport = {
  schema: 1,
  command: "fuzz",
  version: "0.1.0",
  seed: 7,
  targets: [{ name: "cpu", backend: "cpu", software: false, device: "JavaScript", versions: {} }],
  audited: { losses: 1, implementations: 4, points: 5000 },
  searched: [{ loss: "softplus", implementation: "naive", target: "cpu" }],
  runs: 1250,
  findings: [finding],
  cured: [],
  unresolved: 0,
  errors: [],
  warnings: [],
  interrupted: false,
  exitCode: 0,
};

const summary = (changes: Partial<FuzzReport>, isReplay = false) =>
  fuzzEndText({ ...report, ...changes }, terminal, { quiet: true, isReplay });

describe("a finding", () => {
  test("reads like a failed test: what, the input, computed beside exact, where, why and how to see it again", () => {
    expect(`\n${fuzzFindingText(finding, terminal)}`).toBe(`
error  softplus naive on cpu: the gradient is NaN
  input     x = 100, z = 0
  computed  NaN
  exact     1
  fails     from 88.72284 (0x42b17218) to 100 (0x42c80000)
  why       Exp overflows (softplus.ts:17): exp(x) is Infinity where it is
            2.69e+43.
  $ audit explain softplus#naive --at=100 --label=0 --target=cpu

`);
  });

  test("of several numbers shows the shape, all logits and labels, and at which the gradient is wrong", () => {
    const row: FuzzFinding = {
      ...finding,
      worst: { ...finding.worst, index: [0, 1] },
      example: { shape: [1, 2], logits: [{ value: "-0", bits: "0x80000000" }, NAN], labels: [ONE, ZERO] },
    };
    const text = fuzzFindingText(row, terminal);
    expect(text).toContain(
      "\n  shape     [1, 2]\n  logits    [-0, NaN]\n  labels    [1, 0]\n  computed  NaN at [0, 1]\n",
    );
    expect(text).toContain("to 100 (0x42c80000), the other numbers as\n            they are\n");
  });

  test("of a map shows the numbers that are not 0, by their index", () => {
    const logits = Array<Float>(32).fill(ZERO);
    const labels = [...logits];
    logits[5] = HUNDRED;
    labels[31] = ONE;
    const example = { shape: [2, 4, 4, 1], logits, labels };
    const text = fuzzFindingText({ ...finding, example }, terminal);
    expect(text).toContain("\n  logits    32 numbers: 0 but for 100 at [0, 1, 1, 0]\n");
    expect(text).toContain("\n  labels    32 numbers: 0 but for 1 at [1, 3, 3, 0]\n");
    const empty = { ...example, logits: [...labels].fill(ZERO) };
    expect(fuzzFindingText({ ...finding, example: empty }, terminal)).toContain("\n  logits    32 times 0\n");
    const full = { ...example, logits: [...labels].fill(ONE) };
    expect(fuzzFindingText({ ...finding, example: full }, terminal)).toMatch(
      / at \[0, 2, 3, 0\], and 20\s+more\n/,
    );
  });

  test("tells ulps where they are a number, and the other implementation where two part", () => {
    const worst = {
      input: ZERO,
      label: 0,
      computed: { value: 1.5, bits: "0x3fc00000" },
      exact: ONE,
      ulps: 4194304,
    };
    expect(fuzzFindingText({ ...finding, worst }, terminal)).toContain("\n  computed  1.5, 4.2e6 ulps off\n");
    const parted = fuzzFindingText({ ...finding, worst, kind: "divergence", against: "stable" }, terminal);
    expect(parted).toContain("\n  computed  1.5, 4.2e6 ulps off\n  stable    1\n");
    expect(parted).not.toContain("\n  exact ");
  });

  test("that throws has no numbers, and its message where no kernel is to blame", () => {
    const worst = { ...finding.worst, computed: null };
    const { reason: _, ...rest } = finding;
    const text = fuzzFindingText(
      { ...rest, kind: "throws", message: "The value throws: no.", worst },
      terminal,
    );
    expect(text).toContain("\n  why       The value throws: no.\n");
    expect(text).not.toMatch(/^ {2}(computed|exact) /m);
  });

  test.each([80, 100])("keeps to %d columns", (columns) => {
    const long = {
      ...finding,
      loss: "a-loss-of-a-name-that-is-quite-long",
      reason: "Why not. ".repeat(40).trim(),
    };
    const text = fuzzFindingText(
      { ...long, replay: "audit fuzz --replay=.audit/corpus/x.json" },
      {
        ...terminal,
        columns,
      },
    );
    expect(widest(text)).toBeLessThanOrEqual(columns);
    expect(widest(text)).toBeGreaterThan(columns - 12);
  });
});

describe("the end", () => {
  test("counts what was searched and found, in one line, with the seed", () => {
    const note: FuzzFinding = { ...finding, severity: "note" };
    expect(summary({ findings: [finding, finding, note] })).toBe(
      "1 loss, 4 implementations, 1,250 inputs (5,000 points), seed 7: 2 errors, 0\nwarnings, 1 note.\n",
    );
  });

  test("says that it was interrupted, what failed and what is cured", () => {
    const cured = [{ id: "softplus/log1p/cpu/value/nan/Exp", file: "corpus/a.json" }];
    const errors = [{ loss: "./x.ts", target: "cpu", message: "It does not parse." }];
    expect(
      summary({ cured, errors, interrupted: true }),
    ).toBe(`cured  softplus/log1p/cpu/value/nan/Exp (corpus/a.json)

not audited  ./x.ts on cpu: It does not parse.

Interrupted: this is what was found. 1 loss, 4 implementations, 1,250 inputs
(5,000 points), seed 7: 1 error, 0 warnings, 0 notes; 1 cured; 1 audit failed.
`);
  });

  test("of a replay counts failures: it takes no seed, and no other implementation is tried", () => {
    const cured = [{ id: "a", file: "a.json" }];
    expect(summary({ runs: 0 }, true)).toBe("1 failure tried again: 1 error, 0 warnings, 0 notes.\n");
    expect(summary({ runs: 0, cured }, true)).toMatch(/^2 failures tried again: .*; 1 cured\.$/m);
  });

  test("of training runs alone has their seed, and no inputs", () => {
    expect(summary({ runs: 0 })).toMatch(/^1 loss, 4 implementations, seed 7: 1 error, /);
  });

  test("names notes and the device unless quiet", () => {
    const findings: FuzzFinding[] = [{ ...finding, kind: "underflow", severity: "note" }];
    const text = fuzzEndText({ ...report, findings }, terminal, { quiet: false, isReplay: false });
    expect(text).toMatch(/^note {2}softplus: the gradient underflows in naive$/m);
    expect(text).toMatch(/^cpu: JavaScript\.$/m);
    expect(summary({ findings })).toMatch(/^1 loss, .*\n.*1 note\.\n$/);
  });
});
