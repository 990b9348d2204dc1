import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { beforeEach, describe, expect, test } from "vitest";
import { compute, implementation, relativeError, type Worst, worse } from "./measure.js";
import { readTruth, type TruthPoint } from "./truth.js";

const zero: Worst = { error: 0, at: "" };

type ErrorOf = (computed: number, exact: number) => number;

/** In units of max(1, |exact|): for what is ill-conditioned near 0. */
const mixedError: ErrorOf = (computed, exact) => Math.abs(computed - exact) / Math.max(1, Math.abs(exact));

/** The worst errors over points of one shape, all computed in one batch. */
function measure(loss: string, name: string, points: TruthPoint[], errorOf = relativeError) {
  const [, ...inner] = points[0].shape;
  const size = points[0].logits.length;
  const { value, gradient } = compute(
    implementation(loss, name).f,
    [points.length, ...inner],
    points.flatMap((p) => p.logits),
    points.flatMap((p) => p.labels),
  );
  let worst = { value: zero, gradient: zero };
  points.forEach((p, i) => {
    worst = fold(worst, p, [value[i]], gradient.slice(i * size, (i + 1) * size), errorOf);
  });
  return worst;
}

/** The worst errors over batches of maps, each a loss of its own. */
function measureMaps(name: string, points: TruthPoint[]) {
  const { f } = implementation("heatmap-focal", name);
  let worst = { value: zero, gradient: zero };
  for (const p of points) {
    const { value, gradient } = compute(f, p.shape, p.logits, p.labels);
    worst = fold(worst, p, value, gradient, relativeError);
  }
  return worst;
}

function fold(
  worst: { value: Worst; gradient: Worst },
  p: TruthPoint,
  [value]: number[],
  gradient: number[],
  errorOf: ErrorOf,
) {
  const at = `[${p.logits}], labels [${p.labels}]`;
  const slopes = p.gradient.map((exact, j) => ({ error: errorOf(gradient[j], Number(exact)), at }));
  return {
    value: worse(worst.value, { error: errorOf(value, Number(p.value)), at }),
    gradient: slopes.reduce(worse, worst.gradient),
  };
}

function expectWithin(worst: Worst, bound: number) {
  expect(worst.error, `error ${worst.error} at ${worst.at}, bound ${bound}`).toBeLessThanOrEqual(bound);
}

const points = (loss: string, choose: (p: TruthPoint) => boolean = () => true) => {
  const chosen = [...readTruth(loss)].filter(choose);
  expect(chosen.length).toBeGreaterThan(100);
  return chosen;
};

const hardLabel = ({ labels: [z] }: TruthPoint) => z === 0 || z === 1;
const isPixel = ({ logits }: TruthPoint) => logits.length === 1;
const within80 = ({ logits }: TruthPoint) => logits.every((x) => Math.abs(x) <= 80);
/** Where wasm's sigmoid is not 0 for an exponential that is subnormal. */
const normal = ({ logits: [x] }: TruthPoint) => Math.abs(x) < 87.33;
const CLASSES = [2, 3, 5];

describe.each(["cpu", "wasm"])("on %s", (backend) => {
  beforeEach(async () => {
    await tf.setBackend(backend);
    expect(tf.getBackend()).toBe(backend);
  });

  test("softplus#library is accurate for every finite float32", () => {
    const all = points("softplus");
    expectWithin(measure("softplus", "library", all).value, 5e-7);
    const chosen = backend === "cpu" ? all : points("softplus", normal);
    expectWithin(measure("softplus", "library", chosen).gradient, 3e-7);
  });

  test("sigmoid-cross-entropy#softplus is accurate for every finite float32 and every label", () => {
    const loss = "sigmoid-cross-entropy";
    expectWithin(measure(loss, "softplus", points(loss)).value, 7e-7);
    const chosen = points(loss, (p) => hardLabel(p) && (backend === "cpu" || normal(p)));
    expectWithin(measure(loss, "softplus", chosen).gradient, 3e-7);
    // σ(x) - z itself is ill-conditioned where it is near 0.
    expectWithin(measure(loss, "softplus", points(loss), mixedError).gradient, 2e-7);
  });

  test("sigmoid-cross-entropy's forms without overflow have a small absolute error for labels 0 and 1", () => {
    const loss = "sigmoid-cross-entropy";
    // Soft labels cost |x|*2^-24 in max(x,0) - x*z; at 0 the first two have the wrong slope.
    const away = points(loss, (p) => hardLabel(p) && p.logits[0] !== 0);
    for (const name of ["overflow-free", "tensorflow", "library"]) {
      const { value, gradient } = measure(loss, name, away, mixedError);
      expectWithin(value, 1.3e-6);
      expectWithin(gradient, 2e-7);
    }
  });

  test.each([...Array(7).keys()].map((i) => `line-${i + 2}`).concat("naive"))(
    "sigmoid-cross-entropy#%s is the same function where nothing cancels or overflows",
    (name) => {
      const chosen = points("sigmoid-cross-entropy", ({ logits: [x] }) => Math.abs(x) < 4 && x !== 0);
      const { value, gradient } = measure("sigmoid-cross-entropy", name, chosen, mixedError);
      expectWithin(value, 3e-6);
      expectWithin(gradient, 3e-6);
    },
  );

  test.each(CLASSES)("log-sum-exp and softmax cross entropy, shifted, %i classes", (classes) => {
    const ofSize = (p: TruthPoint) => p.logits.length === classes;
    const lse = points("log-sum-exp", ofSize);
    for (const name of ["shifted", "library"]) {
      const { value, gradient } = measure("log-sum-exp", name, lse, mixedError);
      expectWithin(value, 5e-7);
      expectWithin(gradient, 5e-7);
    }
    const moderate = points("softmax-cross-entropy", (p) => ofSize(p) && within80(p));
    const { value, gradient } = measure("softmax-cross-entropy", "shifted", moderate, mixedError);
    expectWithin(value, 5e-7);
    expectWithin(gradient, 5e-7);
  });

  test("heatmap-focal#stable: one pixel is within 2e-6 on [-80,80], value and gradient, every label", () => {
    const pixels = points("heatmap-focal", (p) => isPixel(p) && within80(p));
    const { value, gradient } = measureMaps("stable", pixels);
    expectWithin(value, 2e-6);
    expectWithin(gradient, 2e-6);
  });

  test("heatmap-focal#stable: maps are within 2e-6, with and without positives", () => {
    const maps = points("heatmap-focal", (p) => !isPixel(p) && within80(p));
    expect(new Set(maps.map((p) => p.labels.includes(1)))).toEqual(new Set([true, false]));
    const { value, gradient } = measureMaps("stable", maps);
    expectWithin(value, 2e-6);
    expectWithin(gradient, 2e-6);
  });
});

test("on cpu, forms with log1p are accurate where exp is finite", async () => {
  await tf.setBackend("cpu");
  const { value, gradient } = measure(
    "softplus",
    "log1p",
    points("softplus", ({ logits: [x] }) => x < 88.7),
  );
  expectWithin(value, 1.3e-7);
  expectWithin(gradient, 3e-7);
  const loss = "sigmoid-cross-entropy";
  for (const name of ["tensorflow", "library"]) {
    expectWithin(measure(loss, name, points(loss, hardLabel)).value, 1.3e-7);
  }
});
