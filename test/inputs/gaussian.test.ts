import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ordinal } from "../../src/inputs/float32.js";
import { drawGaussian, gaussianRadius } from "../../src/inputs/gaussian.js";

/** Made by scripts/heatmap-fixtures.py. */
const fixture: {
  radii: [height: number, width: number, overlap: number, radius: number][];
  maps: {
    shape: [number, number, number];
    splats: [y: number, x: number, k: number, r: number][];
    labels: number[];
  }[];
} = JSON.parse(readFileSync(new URL("../../fixtures/heatmaps/splats.json", import.meta.url), "utf8"));

describe("gaussianRadius", () => {
  it("is the smallest of CenterNet's three roots, for every box and overlap", () => {
    for (const [height, width, overlap, radius] of fixture.radii) {
      const error = Math.abs(gaussianRadius(height, width, overlap) / radius - 1);
      expect(error, `relative error for ${height} x ${width}, ${overlap}`).toBeLessThan(1e-14);
    }
  });

  it("rounds down as numpy's does at the default overlap of 0.7", () => {
    const usual = fixture.radii.filter(([, , overlap]) => overlap === 0.7);
    expect(usual.map(([h, w]) => Math.floor(gaussianRadius(h, w)))).toEqual(
      usual.map(([, , , r]) => Math.floor(r)),
    );
  });

  it("grows with the box and does not care which side is which", () => {
    expect(gaussianRadius(30, 20)).toBe(gaussianRadius(20, 30));
    expect(gaussianRadius(31, 20)).toBeGreaterThan(gaussianRadius(30, 20));
    expect(gaussianRadius(1, 1)).toBeLessThan(1);
  });
});

describe("drawGaussian", () => {
  it.each(fixture.maps)(
    "draws $splats.length splats into $shape as numpy does",
    ({ shape, splats, labels }) => {
      const map = new Float32Array(labels.length);
      for (const [y, x, k, radius] of splats) drawGaussian(map, shape, { y, x, class: k, radius });
      // Both round an exp that is within an ulp of float64.
      const ulps = labels.map((label, i) => Math.abs(ordinal(label) - ordinal(map[i])));
      expect(Math.max(...ulps)).toBeLessThanOrEqual(1);
    },
  );

  it("is exactly 1 at every centre and less elsewhere", () => {
    const { shape, splats, labels } = fixture.maps[2];
    const map = new Float32Array(labels.length);
    for (const [y, x, k, radius] of splats) drawGaussian(map, shape, { y, x, class: k, radius });
    const centres = new Set(splats.map(([y, x, k]) => (y * shape[1] + x) * shape[2] + k));
    map.forEach((z, i) => {
      expect(z === 1).toBe(centres.has(i));
    });
  });

  it("touches one pixel at radius 0", () => {
    const map = new Float32Array(9);
    drawGaussian(map, [3, 3, 1], { y: 1, x: 2, class: 0, radius: 0 });
    expect([...map]).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0]);
  });

  it("reaches its amplitude at the centre and keeps what is larger already", () => {
    const map = Float32Array.of(0, 9, 0);
    drawGaussian(map, [1, 3, 1], { y: 0, x: 0, class: 0, radius: 2, amplitude: 8 });
    expect(map[0]).toBe(8);
    expect(map[1]).toBe(9);
    // sigma = 5/6: 8 exp(-4 / (2 * 25/36)) = 8 exp(-2.88)
    expect(map[2]).toBeCloseTo(0.4490781, 6);
  });
});
