import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readNpy } from "../../src/inputs/npy.js";
import { writeNpy } from "../../src/inputs/write-npy.js";
import type { Finding } from "../../src/judge/finding.js";
import { findLoss } from "../../src/losses/catalogue.js";
import { loadTfjs } from "../../src/targets/tfjs.js";
import { findings, fixture, type Swept, short, swept } from "./swept.js";

const logits = fixture("centernet/logits.npy");
const labelMap = fixture("centernet/labels.npy");
const targets = ["cpu"];
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const softplus = (x: number) => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));

/** softplus(y)·σ(y)²·w / n and its derivative, y = x for a negative and -x for a positive. */
function focal(x: number, z: number, positives: number): { value: number; gradient: number } {
  const sign = z === 1 ? -1 : 1;
  const y = sign * x;
  const weight = (z === 1 ? 1 : (1 - z) ** 4) / positives;
  const [s, rest] = [sigmoid(y), sigmoid(-y)];
  return {
    value: weight * softplus(y) * s * s,
    gradient: sign * weight * (s ** 3 + 2 * softplus(y) * s * s * rest),
  };
}

let wideMap: string;
beforeAll(async () => {
  wideMap = join(mkdtempSync(join(tmpdir(), "audit-")), "logits.npy");
  await writeNpy(wideMap, [1, 2, 2, 1], Float32Array.of(-2, 0.5, 6, 3));
});

function flat(index: number[], shape: readonly number[]): number {
  return index.reduce((at, i, axis) => at * shape[axis] + i, 0);
}

describe("the logits of a real CenterNet, with their labels", () => {
  let result: Swept;
  let x: Float32Array;
  let z: Float32Array;
  let shape: readonly number[];

  beforeAll(async () => {
    result = await swept("heatmap-focal", {
      targets,
      logits,
      labelMap,
      implementations: ["naive", "stable", "clamped", "logits"],
    });
    ({ data: x, shape } = await readNpy(logits));
    ({ data: z } = await readNpy(labelMap));
  }, 60_000);

  test("none of them is near where the naive form overflows: no error, no warning, for the naive nor the stable form", () => {
    const alarms = result.findings.filter(({ severity }) => severity !== "note");
    expect(
      alarms.map(({ implementation, kind, quantity }) => `${implementation} ${kind} ${quantity}`),
    ).toEqual(["logits throws gradient"]);
    expect(alarms[0].worst).toMatchObject({ computed: null, ulps: "NaN" });
    expect(findings(result, { implementation: "stable" })).toEqual([]);
    expect(result.unresolved).toBe(0);
  });

  test("what a clamp and a difference lose of sure negatives is a note on these pixels", () => {
    const [lost] = findings(result, { implementation: "naive", quantity: "gradient", kind: "inaccurate" });
    expect(lost).toMatchObject({ severity: "note", region: { label: "labels.npy" } });
    expect(Number(lost.region.from.value)).toBe(Math.min(...x));
  });

  test("the worst pixel's index, logit and label are those of the files, and its numbers those of tfjs and of mathematics", async () => {
    const tf = await loadTfjs();
    await tf.setBackend("cpu");
    const positives = z.filter((label) => label === 1).length;
    expect(positives).toBe(7);
    for (const implementation of ["naive", "clamped"]) {
      const { f } = findLoss("heatmap-focal")!.implementations.find(({ name }) => name === implementation)!;
      const gradient = tf.tidy(() =>
        tf
          .grad((t) => f(t, tf.tensor(z.slice(), [...shape])))(tf.tensor(x.slice(), [...shape]))
          .dataSync(),
      );
      const found = findings(result, { implementation, quantity: "gradient" });
      expect(found.length).toBeGreaterThan(0);
      for (const { worst } of found) {
        const at = flat(worst.index!, shape);
        expect([worst.input.value, worst.label]).toEqual([x[at], z[at]]);
        expect(Number(worst.computed?.value)).toBe(gradient[at]);
        const exact = focal(x[at], z[at], positives).gradient;
        expect(Math.abs(Number(worst.exact.value) / exact - 1)).toBeLessThan(1e-13);
      }
    }
  });

  test("the replay command names the files and the pixel", () => {
    const [{ replay, worst }] = findings(result, { implementation: "naive" });
    expect(replay).toContain(`--logits=${logits} --label-map=${labelMap} --index=${worst.index!.join(",")}`);
  });

  test("every pixel is counted, and no one else: nothing is swept", () => {
    for (const { points } of result.summary.implementations) expect(points).toBe(x.length);
    expect(result.summary.inputs).toEqual([`1 map of [${shape.join(", ")}] logits: labels.npy`]);
  });
});

test("without a label map each label holds for the whole map", async () => {
  const result = await swept("sigmoid-cross-entropy", {
    targets,
    logits,
    labels: [0, 1],
    implementations: ["naive", "softplus"],
  });
  expect(findings(result, { implementation: "softplus" }).map(short)).toEqual([]);
  // 1-σ is rounded to a multiple of 2^-24: an error of 1e-5 of σ needs σ below 2^-25/1e-5.
  const [lost] = findings(result, { implementation: "naive", label: 0, quantity: "value" });
  expect(Number(lost.region.to.value)).toBeLessThan(Math.log(2 ** -25 / 1e-5) + 0.01);
  expect(lost).toMatchObject({ severity: "note", region: { label: 0 } });
  // -log(σ) loses nothing there.
  expect(findings(result, { implementation: "naive", label: 1 })).toEqual([]);
  expect(result.summary.implementations.map(({ points }) => points)).toEqual([143_360, 143_360]);
});

test("synthetic maps of over-confident networks show the NaN that one pixel brings to the whole", async () => {
  const result = await swept("heatmap-focal", {
    targets,
    points: 3,
    range: [-1, 1],
    implementations: ["naive", "stable"],
    heatmaps: { count: 4, height: 8, width: 8, classes: 1, objects: [1, 3] },
  });
  const nan = findings(result, { implementation: "naive", label: "mis-scaled", kind: "nan" });
  expect(nan.map(({ quantity }) => quantity)).toEqual(["value", "gradient"]);
  expect(Number(nan[0].worst.input.value)).toBeLessThan(-104);
  expect(nan[0].replay).toMatch(
    /--heatmap=3 --size=8x8 --classes=1 --objects=1,3 --seed=0 --index=0,\d,\d,0 /,
  );
  expect(findings(result, { implementation: "stable" }).map(short)).toEqual([]);
});

test("a map for which a loss throws has no number, neither computed nor exact", async () => {
  const result = await swept(fixture("sweep/throws-in-map.ts"), { targets, logits: wideMap, labels: [0] });
  expect(result.findings.map(({ quantity, kind }) => `${quantity} ${kind}`)).toEqual([
    "value throws",
    "gradient throws",
  ]);
  for (const { worst, message, region } of result.findings) {
    expect(worst).toMatchObject({ computed: null, exact: { value: "NaN" }, ulps: "NaN" });
    expect(message).toMatch(/throws: a logit of 6 is out of range\.$/);
    expect([region.from.value, region.to.value]).toEqual([-2, 6]);
  }
});

const withoutIds = ({ findings: found }: Swept): Finding[] => found;

test("the same sweep gives the same result, to the last bit; another seed gives other maps", async () => {
  const run = (seed: number) =>
    swept("heatmap-focal", {
      targets,
      seed,
      points: 21,
      implementations: ["naive", "clamped"],
      heatmaps: { count: 2, height: 4, width: 4, classes: 1, objects: [1, 1] },
    });
  const [first, second, other] = [await run(1), await run(1), await run(2)];
  expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  expect(withoutIds(other)).not.toEqual(withoutIds(first));
});

test("rows of five classes are swept as [x, 0, 0, 0, 0]", async () => {
  const result = await swept("softmax-cross-entropy", {
    targets,
    points: 2001,
    labels: [1],
    heatmaps: { count: 0, height: 1, width: 1, classes: 5, objects: [0, 0] },
  });
  const [dead] = findings(result, { implementation: "naive", kind: "nan", quantity: "value", side: "above" });
  expect(dead.region.from.value).toBe(Math.fround(88.72284));
  expect(dead.replay).toMatch(/ --classes 5$/);
  expect(
    findings(result, { implementation: "shifted" })
      .filter(({ severity }) => severity !== "note")
      .map(short),
  ).toEqual([]);
  // Where 1 + 4·exp(-x) rounds to 1: ln 2^26.
  const [lost] = findings(result, { implementation: "shifted", kind: "underflow", quantity: "value" });
  expect(Number(lost.region.from.value)).toBeCloseTo(26 * Math.LN2, 3);
});

describe("tolerances", () => {
  const of = (rtol: number, atol: number) =>
    swept("softplus", { targets, implementations: ["naive", "library"], points: 501, rtol, atol });

  test("a larger one moves the first inaccurate logit towards where all digits are lost", async () => {
    const starts: number[] = [];
    for (const rtol of [1e-5, 1e-3, 1e-1]) {
      const [lost] = findings(await of(rtol, 0), { implementation: "naive", kind: "inaccurate" });
      starts.push(Number(lost.region.to.value));
    }
    expect(starts[0]).toBeGreaterThan(starts[1]);
    expect(starts[1]).toBeGreaterThan(starts[2]);
    // The spacing of 1 + e is 2^-23: a relative error of 0.1 needs e below 2^-24/0.1.
    expect(starts[2]).toBeLessThan(Math.log(2 ** -24 / 0.1) + 0.1);
  });

  test("an absolute one accepts what is below it", async () => {
    expect(findings(await of(1e-5, 1e-6), { implementation: "naive" }).map(({ kind }) => kind)).toEqual([
      "overflow",
      "nan",
    ]);
  });

  test("of 0 asks for the exact number: rounding itself is inaccurate, and what float64 can't tell apart is open", async () => {
    const found = findings(await of(0, 0), { implementation: "library" });
    expect(new Set(found.map(({ kind }) => kind))).toEqual(
      new Set(["inaccurate", "underflow", "unresolved"]),
    );
    expect(found.some(({ severity }) => severity === "error")).toBe(false);
  });
});
