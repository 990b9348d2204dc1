import { readFile, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { matchLabels } from "../../src/inputs/logit-map.js";
import { readNpy } from "../../src/inputs/npy.js";

const path = (name: string) => fileURLToPath(new URL(`../../fixtures/centernet/${name}`, import.meta.url));

describe("the logits of a real CenterNet", async () => {
  const logits = await readNpy(path("logits.npy"));
  const labels = await readNpy(path("labels.npy"));

  it("come with labels of their shape, in 600 kB", async () => {
    expect(logits.shape).toEqual([1, 32, 80, 28]);
    matchLabels(logits.shape, labels.shape);
    const sizes = await Promise.all(
      ["logits.npy", "labels.npy"].map(async (name) => (await stat(path(name))).size),
    );
    expect(sizes[0] + sizes[1]).toBeLessThanOrEqual(600_000);
  });

  it("are what their README says", async () => {
    const readme = await readFile(path("README.md"), "utf8");
    const row = readme.split("\n").find((line) => line.startsWith("| window | 71,680"))!;
    const sorted = logits.data.slice().sort();
    const quantiles = [0, 0.001, 0.01, 0.5, 0.99, 0.999, 1].map((q) => {
      return sorted[Math.round(q * (sorted.length - 1))].toFixed(3);
    });
    const ones = labels.data.filter((z) => z === 1).length;
    const between = labels.data.filter((z) => z > 0 && z < 1).length;
    const cells = row.split("|").map((cell) => cell.trim());
    expect(cells.slice(2, -1)).toEqual(["71,680", ...quantiles, String(ones), String(between)]);
  });

  it("have a score of at least 0.2 where a label is 1, and nothing else is as high around it", () => {
    const [, height, width, classes] = logits.shape;
    labels.data.forEach((z, i) => {
      if (z !== 1) return;
      expect(logits.data[i]).toBeGreaterThan(Math.log(0.2 / 0.8));
      const pixel = Math.floor(i / classes);
      const [y, x] = [Math.floor(pixel / width), pixel % width];
      for (let row = Math.max(y - 1, 0); row <= Math.min(y + 1, height - 1); row++) {
        for (let column = Math.max(x - 1, 0); column <= Math.min(x + 1, width - 1); column++) {
          expect(logits.data[(row * width + column) * classes + (i % classes)]).toBeLessThanOrEqual(
            logits.data[i],
          );
        }
      }
    });
  });
});
