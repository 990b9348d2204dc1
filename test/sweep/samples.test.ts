import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { writeNpy } from "../../src/inputs/write-npy.js";
import { comparisonOf, replayed } from "../explain/replayed.js";
import { findings, fixture, short, swept } from "./swept.js";

const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const entropy = (x: number, z: number) => z * softplus(-x) + (1 - z) * softplus(x);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Three samples of 2 x 2 pixels: an ordinary one, one with a confident mistake, and one of sure negatives. */
const shape = [3, 2, 2, 1];
const x = Float32Array.of(0.5, -1, 2, -3, 1, 20, -2, 0.25, -12, -12.5, -11, -13);
const z = Float32Array.of(1, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 0);
const sampleOf = (i: number) => Math.floor(i / 4);
const exactValue = (sample: number) =>
  x.reduce((sum, logit, i) => (sampleOf(i) === sample ? sum + entropy(logit, z[i]) : sum), 0);

let maps: { logits: string; labelMap: string };

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "audit-"));
  maps = { logits: join(folder, "logits.npy"), labelMap: join(folder, "labels.npy") };
  await writeNpy(maps.logits, shape, x);
  await writeNpy(maps.labelMap, shape, z);
});

describe("a loss over maps with one value for each sample of a batch", () => {
  const file = fixture("sweep/per-sample.ts");
  const sweep = () => swept(file, { targets: ["cpu"], ...maps });

  test("is judged sample by sample: the stable form is right", async () => {
    const result = await sweep();
    expect(findings(result, { implementation: "stable" }).map(short)).toEqual([]);
    expect(result.unresolved).toBe(0);
    const [worst] = result.summary.implementations.map(({ value }) => value);
    expect(Number(worst?.relative)).toBeLessThan(2 ** -20);
  });

  test("the naive form is infinite in the sample with the confident mistake, and says in which", async () => {
    const result = await sweep();
    const [overflow, ...others] = findings(result, { implementation: "naive", kind: "overflow" });
    expect(others).toEqual([]);
    expect(overflow).toMatchObject({
      quantity: "value",
      worst: { input: { value: 20 }, computed: { value: "Infinity" }, index: [1, 0, 1, 0] },
    });
    expect(Number(overflow.worst.exact.value)).toBeCloseTo(exactValue(1), 12);
    expect(overflow.message).toMatch(/^In sample 1, the value is Infinity where it is 21\.0161\. /);
    // Log divides by 0 where the sigmoid is 1.
    const [nan] = findings(result, { implementation: "naive", kind: "nan" });
    expect(nan).toMatchObject({ quantity: "gradient", worst: { index: [1, 0, 1, 0] } });
    expect(Number(nan.worst.exact.value)).toBeCloseTo(sigmoid(20), 15);
  });

  test("what it loses of sure negatives is a finding of their sample", async () => {
    const [lost] = findings(await sweep(), {
      implementation: "naive",
      kind: "inaccurate",
      quantity: "value",
    });
    expect(lost.worst.index?.[0]).toBe(2);
    expect(Number(lost.worst.exact.value) / exactValue(2)).toBeCloseTo(1, 12);
    const off = Math.abs(Number(lost.worst.computed?.value) / exactValue(2) - 1);
    expect(off).toBeGreaterThan(1e-5);
    expect(off).toBeLessThan(0.1);
    expect(lost.message).toMatch(/^In sample 2, the value is /);
  });

  test("each replay command shows the same kind, of the sample", async () => {
    const { findings: found } = await sweep();
    expect(found.length).toBeGreaterThan(2);
    for (const finding of found) {
      const point = await replayed(finding);
      const { verdict, severity, exact } = comparisonOf(finding, point);
      expect([verdict, severity], finding.replay).toEqual([finding.kind, finding.severity]);
      expect(Number(exact.value) / Number(finding.worst.exact.value)).toBeCloseTo(1, 12);
      expect(point.notes).toContain(`The value is that of sample ${finding.worst.index?.[0]} of 3.`);
    }
  });
});

describe("samples that share a denominator", () => {
  const file = fixture("sweep/samples-together.ts");

  test("are held against those who give as many values; the sum of the others is another function", async () => {
    const result = await swept(file, { targets: ["cpu"], points: 21, ...maps });
    expect(findings(result, { implementation: "each" }).map(short)).toEqual([]);
    expect(findings(result, { implementation: "total" }).map(short)).toEqual([]);
    const positives = z.filter((label) => label === 1).length;
    const total = [0, 1, 2].reduce((sum, sample) => sum + exactValue(sample), 0) / positives;
    const [value] = findings(result, { implementation: "twice", quantity: "value" });
    expect(value.kind).toBe("semantic");
    expect(Number(value.worst.exact.value)).toBeCloseTo(total, 12);
    expect(Number(value.worst.computed?.value)).toBeCloseTo(2 * total, 5);
    expect(value.message).not.toMatch(/^In sample/);
  });
});
