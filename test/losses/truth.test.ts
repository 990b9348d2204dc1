import { expect, test } from "vitest";
import { catalogue } from "../../src/losses/catalogue.js";
import { readTruth } from "./truth.js";

const points = new Map(catalogue.map(({ name }) => [name, [...readTruth(name)]]));

test("every loss of the catalogue has exact answers, 20,000 and more in all", () => {
  for (const [loss, all] of points) {
    expect(all.length, loss).toBeGreaterThan(3000);
  }
  expect([...points.values()].flat().length).toBeGreaterThanOrEqual(20_000);
});

test("every number is 0 or has 25 digits or more, and there is one derivative for each logit", () => {
  for (const { shape, logits, labels, value, gradient } of [...points.values()].flat()) {
    const size = shape.reduce((a, b) => a * b, 1);
    expect([logits.length, labels.length, gradient.length]).toEqual([size, size, size]);
    for (const text of [value, ...gradient]) {
      const digits = text
        .replace(/e.*/, "")
        .replace(/^-?0?\.?0*/, "")
        .replace(".", "");
      expect(text === "0" || digits.length >= 25, text).toBe(true);
    }
  }
});

test("the logits cover every exponent of float32 in both signs, subnormals and both zeros", () => {
  const bits = new Uint32Array(1);
  const float = new Float32Array(bits.buffer);
  for (const loss of ["sigmoid-cross-entropy", "softplus", "heatmap-focal"]) {
    const signedExponents = new Set<number>();
    for (const { logits } of points.get(loss)!) {
      float[0] = logits[0];
      signedExponents.add(bits[0] >>> 23);
    }
    expect(signedExponents.size, loss).toBe(2 * 255);
    expect(points.get(loss)!.some(({ logits }) => Object.is(logits[0], -0))).toBe(true);
    expect(points.get(loss)!.some(({ logits }) => logits[0] === 2 ** -149)).toBe(true);
  }
});

test("the answers at 0 are the constants of mathematics", () => {
  const ln2 = "0.693147180559945309417232121458";
  const at = (loss: string, ...logits: number[]) =>
    points
      .get(loss)!
      .find((p) => p.logits.length === logits.length && p.logits.every((x, i) => x === logits[i]))!;
  expect(at("softplus", 0).value).toBe(ln2);
  expect(Number(at("softplus", 0).gradient[0])).toBe(0.5);
  expect(at("sigmoid-cross-entropy", 0).value).toBe(ln2);
  expect(at("log-sum-exp", 0, 0).value).toBe(ln2);
  // ln(2)/4 at p = 1/2; its slope is p^3 + 2*ln(2)*p^2*(1-p) = 1/8 + ln(2)/4.
  expect(at("heatmap-focal", 0).value).toBe("0.173286795139986327354308030365");
  expect(at("heatmap-focal", 0).gradient[0]).toBe("0.298286795139986327354308030365");
});
