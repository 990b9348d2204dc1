import { afterEach, describe, expect, test, vi } from "vitest";
import { caseOf } from "../../src/fuzz/corpus/example.js";
import { Domain } from "../../src/fuzz/domain.js";
import { draw } from "../../src/fuzz/draw.js";
import { DistributedLabels, FreeLabels, type Labels } from "../../src/fuzz/labels.js";
import type { FuzzFinding } from "../../src/fuzz/report.js";
import { fromOrdinal, ordinal } from "../../src/inputs/float32.js";
import { Random } from "../../src/inputs/random.js";
import { fixture } from "../sweep/swept.js";
import { errorsOf, fuzzed, short } from "./fuzzed.js";
import { judging } from "./judging.js";

afterEach(() => {
  vi.restoreAllMocks();
});

const text = ({ news }: Awaited<ReturnType<typeof fuzzed>>) => JSON.stringify(news);
const hidden = (name: string) => `${fixture("fuzz/hidden.ts")}#${name}`;

describe("a seed", () => {
  const searches = [
    ["softplus", 2000],
    ["sigmoid-cross-entropy#naive", 600],
    ["softmax-cross-entropy#naive", 600],
    ["heatmap-focal#naive", 100],
  ] as const;

  test.each(searches)("gives %s the same findings in the same order, to the last bit", async (name, runs) => {
    const first = await fuzzed(name, { runs });
    expect(first.findings.length).toBeGreaterThan(0);
    expect(text(await fuzzed(name, { runs }))).toBe(text(first));
  });

  test("does so whatever the clock says, and whatever else runs meanwhile", async () => {
    const alone = await fuzzed("softplus", { runs: 2000 });
    const [one, , two] = await Promise.all([
      fuzzed("softplus", { runs: 2000 }),
      fuzzed("log-sum-exp", { runs: 500 }),
      fuzzed("softplus", { runs: 2000 }),
    ]);
    expect([text(one), text(two)]).toEqual([text(alone), text(alone)]);
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => {
      now += 12_345.6;
      return now;
    });
    expect(text(await fuzzed("softplus", { runs: 2000 }))).toBe(text(alone));
  });

  test("draws its own inputs: another one finds a hidden defect elsewhere in the search", async () => {
    const runs = async (seed: number) =>
      (await fuzzed(hidden("cancellation"), { seed })).findings.map((finding) => finding.runs);
    expect(await runs(5)).not.toEqual(await runs(6));
  });
});

describe("the budget", () => {
  test.each([0, 1, 31, 32, 33, 777, 5000])("of %i inputs is spent exactly", async (runs) => {
    const { result, findings } = await fuzzed("softplus", { runs });
    expect(result.state.runs).toBe(runs);
    for (const finding of findings) {
      expect(finding.runs).toBeGreaterThanOrEqual(1);
      expect(finding.runs).toBeLessThanOrEqual(runs);
    }
  });

  test("is spent exactly over all shapes of a map, too", async () => {
    for (const runs of [1, 100, 333]) {
      const { result } = await fuzzed("heatmap-focal#stable", { runs });
      expect(result.state.runs).toBe(runs);
    }
  });

  test("of time ends the search when the clock says so", async () => {
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => now++);
    const { result } = await fuzzed("softplus", { time: 0.01 });
    expect(result.state.runs).toBeGreaterThan(0);
  });

  test("of findings is kept: those that are told are the first of all", async () => {
    const all = (await fuzzed("softplus", { runs: 500 })).findings;
    expect(all.length).toBeGreaterThan(5);
    for (const maxFindings of [1, 3, 5]) {
      const { findings, result } = await fuzzed("softplus", { runs: 500, maxFindings });
      expect(findings).toEqual(all.slice(0, maxFindings));
      expect(result.state.findings).toBe(maxFindings);
    }
  });

  test("of findings is not used up by notes: as many errors and warnings are told as without it", async () => {
    const severe = ({ severity }: FuzzFinding) => severity !== "note";
    const of = async (maxFindings: number) =>
      (await fuzzed("sigmoid-cross-entropy", { runs: 300, maxFindings })).findings.filter(severe);
    const all = await of(10_000);
    expect((await of(all.length)).map(short)).toEqual(all.map(short));
  });

  test("ends at once when it is stopped, with what was found", async () => {
    let asked = 0;
    const { result, findings } = await fuzzed("softplus", {}, () => ++asked > 3);
    expect(result.state.runs).toBeLessThan(65_536);
    expect(result.state.findings).toBe(findings.length);
  });
});

describe("findings", () => {
  test.each(["softplus", "softmax-cross-entropy", "log-sum-exp"])(
    "of %s: one for each defect, and each with an id of its own",
    async (name) => {
      const { findings } = await fuzzed(name, { runs: 4000 });
      const defects = findings.map(({ implementation, quantity, kind, kernel, line }) =>
        [implementation, quantity, kind, kernel, line?.line].join(),
      );
      expect(new Set(defects).size).toBe(defects.length);
      expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
    },
  );

  test("that are notes are at most one of each kind for the value and the gradient", async () => {
    const { findings } = await fuzzed("sigmoid-cross-entropy", { runs: 2000 });
    const notes = findings.filter(({ severity }) => severity === "note");
    const kinds = notes.map(({ implementation, quantity, kind }) => `${implementation} ${quantity} ${kind}`);
    expect(new Set(kinds).size).toBe(kinds.length);
  });

  test("that were not asked for are not told", async () => {
    const { findings } = await fuzzed("softplus", { runs: 1000, properties: ["nan"] });
    expect(findings.length).toBeGreaterThan(0);
    for (const { kind } of findings) expect(kind).toBe("nan");
  });

  test("of the naive softplus are those of mathematics: exp overflows above ln(2^128), with a round example", async () => {
    const { findings } = await fuzzed("softplus#naive", { runs: 500 });
    const first = Math.fround(88.72284);
    expect(first).toBeGreaterThan(Math.log(2 ** 128 * (1 - 2 ** -25)));
    for (const kind of ["overflow", "nan"]) {
      const [finding, ...others] = findings.filter((one) => one.kind === kind);
      expect(others).toEqual([]);
      expect(finding.quantity).toBe(kind === "nan" ? "gradient" : "value");
      expect(finding.example.logits[0].value).toBe(100);
      expect([finding.region.from.value, finding.region.to.value]).toEqual([first, 10_000]);
      expect(finding.kernel).toBe("Exp");
    }
  });

  test.each(["softplus", "sigmoid-cross-entropy#naive", "softmax-cross-entropy", "heatmap-focal#naive"])(
    "of %s have regions whose ends fail alike, and whose outer neighbours do not",
    async (name) => {
      const { findings } = await fuzzed(name, { runs: 1000 });
      const { loss, judge } = await judging(name);
      for (const finding of findings.filter(({ kind }) => kind !== "divergence")) {
        const example = caseOf(finding.example);
        const { index = [] } = finding.worst;
        const at = index.reduce((sum, i, axis) => sum * example.shape[axis] + i, 0);
        const subject = loss.subjects.find((one) => one.name === finding.implementation)!;
        const codeAt = async (x: number) => {
          const failures = await judge.failures({ ...example, logits: example.logits.with(at, x) }, subject);
          return failures.find(({ quantity }) => quantity === finding.quantity)?.code ?? 0;
        };
        const code = await codeAt(example.logits[at]);
        const [from, to] = [Number(finding.region.from.value), Number(finding.region.to.value)];
        expect([await codeAt(from), await codeAt(to)], short(finding)).toEqual([code, code]);
        if (from > -10_000)
          expect(await codeAt(fromOrdinal(ordinal(from) - 1)), short(finding)).not.toBe(code);
        if (to < 10_000) expect(await codeAt(fromOrdinal(ordinal(to) + 1)), short(finding)).not.toBe(code);
      }
    },
  );
});

describe("a loss without fault has no error, whatever the seed", () => {
  test.each([
    ["softplus#library", 8000],
    ["sigmoid-cross-entropy#softplus", 8000],
    ["softmax-cross-entropy#shifted", 4000],
    ["log-sum-exp#shifted", 4000],
    ["log-sum-exp#library", 4000],
    ["heatmap-focal#stable", 1000],
  ] as const)("%s", async (name, runs) => {
    for (const seed of [1, 2, 3]) {
      const { findings } = await fuzzed(name, { runs, seed });
      expect(errorsOf(findings).map(short)).toEqual([]);
    }
  });

  test("a loss over maps with a value for each sample: the stable form", async () => {
    const { findings } = await fuzzed(`${fixture("sweep/per-sample.ts")}#stable`, { runs: 500 });
    expect(errorsOf(findings).map(short)).toEqual([]);
  });
});

describe("what throws at some inputs only", () => {
  test("is found, shrunk, and its region told", async () => {
    const { findings } = await fuzzed(`${fixture("fuzz/judged.ts")}#throwsAbove`, { runs: 1000 });
    const throwing = findings.filter(({ kind }) => kind === "throws");
    expect(throwing.map(({ quantity }) => quantity).sort()).toEqual(["gradient", "value"]);
    for (const { example, region, message } of throwing) {
      expect([6, 10]).toContain(example.logits[0].value);
      expect([region.from.value, region.to.value]).toEqual([fromOrdinal(ordinal(5) + 1), 10_000]);
      expect(message).toContain("is out of range");
    }
  });
});

describe("special logits", () => {
  test("come only when they are asked for", async () => {
    const name = `${fixture("fuzz/judged.ts")}#hidesNaN`;
    const hides = ({ message }: FuzzFinding) => message.includes("hides");
    expect((await fuzzed(name, { runs: 500 })).findings.some(hides)).toBe(false);
    const found = (await fuzzed(name, { runs: 500, special: ["nan"] })).findings.filter(hides);
    expect(found.map(({ example }) => example.logits[0].value)).toEqual(["NaN"]);
  });

  test("are no error of a loss without fault", async () => {
    for (const name of ["softplus#library", "log-sum-exp#library"]) {
      const { findings } = await fuzzed(name, { runs: 1000, special: ["nan"] });
      expect(errorsOf(findings).map(short)).toEqual([]);
    }
  });
});

describe("a guided search finds what 20,000 blind draws miss", () => {
  const [single, row] = [[1], [1, 2]];
  const free = new FreeLabels(new Domain(0, 1));
  const { fround } = Math;
  /** exp(100 - 3e5 r²) is more than float32 holds where r² is less than this. */
  const radius = (100 - 128 * Math.LN2) / 3e5;
  const cases: [
    name: string,
    shape: number[],
    labels: Labels,
    isHit: (x: Float32Array, z: Float32Array) => boolean,
  ][] = [
    ["cancellation", single, free, ([x]) => x === fround(3.7182817)],
    ["distance", single, free, ([x], [z]) => x === fround(12.345) && z === fround(0.3371)],
    ["peak", row, new DistributedLabels(), ([x, y]) => (x - 1.2345) ** 2 + (y + 2.3456) ** 2 < radius],
  ];

  test.each(cases)("%s: blind draws miss it", (_, shape, labels, isHit) => {
    for (const seed of [1, 2, 3]) {
      const random = new Random(seed);
      for (let i = 0; i < 20_000; i++) {
        const { logits, labels: z } = draw(random, shape, new Domain(-10_000, 10_000), labels);
        expect(isHit(logits, z)).toBe(false);
      }
    }
  });

  test.each(cases)("%s: the search finds it", async (name, _, __, isHit) => {
    for (const seed of [1, 2]) {
      const { findings } = await fuzzed(hidden(name), { runs: 200_000, seed });
      const hits = errorsOf(findings).filter(({ example }) => {
        const { logits, labels } = caseOf(example);
        return isHit(logits, labels);
      });
      expect(hits.length).toBeGreaterThan(0);
    }
  });

  test("also behind another defect of the same kind", async () => {
    const { findings } = await fuzzed(fixture("fuzz/behind.ts"));
    const kernels = findings.filter(({ kind, quantity }) => kind === "overflow" && quantity === "value");
    expect(kernels.map(({ kernel }) => kernel)).toEqual(["Exp", "Log"]);
  });
});
