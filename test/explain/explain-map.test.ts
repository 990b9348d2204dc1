import { describe, expect, test } from "vitest";
import { explain } from "../../src/explain/explain.js";
import { heatmaps } from "../../src/inputs/heatmaps.js";
import { defaults } from "./explain-at.js";

const options = { height: 12, width: 12, classes: 1, objects: [1, 3] as [number, number], seed: 3 };
const OVER_CONFIDENT = 2;

const explainMap = (loss: string, index?: number[]) =>
  explain(
    {
      ...defaults,
      loss,
      source: { kind: "heatmap", heatmap: OVER_CONFIDENT, options, ...(index && { index }) },
    },
    "0.0.0",
  );

/** Σ softplus(y) σ(y)² w / positives in float64, y = x or -x, and its derivative for one pixel. */
function focal(
  logits: Float32Array,
  labels: Float32Array,
  pixel: number,
): { value: number; gradient: number } {
  const positives = labels.filter((z) => z === 1).length;
  let value = 0;
  let gradient = 0;
  logits.forEach((x, i) => {
    const y = labels[i] === 1 ? -x : x;
    const weight = labels[i] === 1 ? 1 : (1 - labels[i]) ** 4;
    const softplus = y > 0 ? y + Math.log1p(Math.exp(-y)) : Math.log1p(Math.exp(y));
    const s = 1 / (1 + Math.exp(-y));
    const oneMinus = 1 / (1 + Math.exp(y));
    value += softplus * s * s * weight;
    if (i === pixel)
      gradient = (labels[i] === 1 ? -1 : 1) * weight * (s ** 3 + 2 * softplus * s * s * oneMinus);
  });
  return { value: value / positives, gradient: gradient / positives };
}

describe("a pixel of a heat map", () => {
  const map = heatmaps({ ...options, count: OVER_CONFIDENT + 1 })[OVER_CONFIDENT];

  test("is explained in its map: the value is that of all, the gradient its own", async () => {
    const index = [0, 7, 4, 0];
    const at = 7 * 12 + 4;
    const [point] = (await explainMap("heatmap-focal#stable", index)).points;
    const { value, gradient } = focal(map.logits, map.labels, at);
    expect(point).toMatchObject({ index, input: { value: map.logits[at] }, label: map.labels[at] });
    expect(point.value.exact.value).toBeCloseTo(value, 12);
    expect((point.gradient.exact.value as number) / gradient).toBeCloseTo(1, 12);
  });

  test("is by default the one with the worst gradient: NaN where sigmoid is 1", async () => {
    const [point] = (await explainMap("heatmap-focal#naive")).points;
    expect(point.gradient.computed?.value).toBe("NaN");
    expect(point.input.value).toBeGreaterThan(17.32);
    expect(point.map).toBe("heat map 2 (over-confident-1)");
    expect(
      point.kernels.filter(({ shape }) => shape.join() === "1,12,12,1").map(({ index }) => index),
    ).toContainEqual(point.index);
  });

  test("must lie in the map", async () => {
    await expect(explainMap("heatmap-focal#naive", [0, 12, 0, 0])).rejects.toThrow(
      "index 0,12,0,0 is not in the map of shape [1, 12, 12, 1]: give 4 whole numbers from 0 up to [0, 11, 11, 0].",
    );
  });

  test("of a large map is explained in seconds, from balls of float64", async () => {
    const large = { height: 60, width: 60, classes: 2, objects: [1, 3] as [number, number], seed: 1 };
    const [, trained] = heatmaps({ ...large, count: 2 });
    const at = (31 * 60 + 30) * 2 + 1;
    const source = { kind: "heatmap" as const, heatmap: 1, options: large, index: [0, 31, 30, 1] };
    const { points } = await explain({ ...defaults, loss: "heatmap-focal#naive", source }, "0.0.0");
    const { value, gradient } = focal(trained.logits, trained.labels, at);
    expect(points[0].value.exact.value).toBeCloseTo(value, 11);
    expect((points[0].gradient.exact.value as number) / gradient).toBeCloseTo(1, 11);
    const sums = points[0].kernels.filter(({ kernel }) => kernel === "Sum");
    const total = sums.slice(0, 2).reduce((sum, { exact }) => sum + Number(exact?.value), 0);
    expect(total / Number(sums[2].exact?.value)).toBeCloseTo(-value, 11);
  });
});
