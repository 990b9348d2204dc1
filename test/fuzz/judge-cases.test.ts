import { describe, expect, test } from "vitest";
import { Domain } from "../../src/fuzz/domain.js";
import { draw } from "../../src/fuzz/draw.js";
import { DistributedLabels, FreeLabels } from "../../src/fuzz/labels.js";
import { shapesOf } from "../../src/fuzz/shapes.js";
import { Random } from "../../src/inputs/random.js";
import { catalogueNames } from "../../src/losses/names.js";
import { fixture } from "../sweep/swept.js";
import { input, judging } from "./judging.js";

const { POSITIVE_INFINITY: INFINITE, NaN: NAN } = Number;
const judged = (name: string) => judging(`${fixture("fuzz/judged.ts")}#${name}`);

describe("softplus", async () => {
  const softplus = await judging("softplus");
  const at = (name: string, x: number) => softplus.failures(name, input([1], [x]));

  test("exp overflows in the naive form: the value is Infinity, the gradient Infinity/Infinity", async () => {
    expect(await at("naive", 88.72284)).toEqual(["gradient nan error", "value overflow error"]);
    expect(await at("naive", 88.72283)).toEqual([]);
    expect(await at("library", 88.72284)).toEqual([]);
  });

  test("1 + exp(-20) is 1, and 2e-9 is negligible", async () => {
    expect(await at("naive", -20)).toEqual(["value underflow note"]);
    expect(await at("library", -20)).toEqual([]);
  });

  test("at the kink of a maximum the gradient that tfjs writes is 1.5", async () => {
    const [failure, ...others] = await softplus.details("overflow-free", input([1], [0]));
    expect(others).toEqual([]);
    expect(failure).toMatchObject({ quantity: "gradient", computed: 1.5, component: 0 });
    expect(failure.exact.gradient[0]).toMatchObject({ lo: 0.5, hi: 0.5 });
  });

  test("at an infinite logit the limit is right, and NaN is not", async () => {
    for (const x of [INFINITE, -INFINITE]) expect(await at("library", x)).toEqual([]);
    expect(await at("naive", INFINITE)).toEqual(["gradient nan error"]);
    expect(await at("naive", -INFINITE)).toEqual([]);
  });

  test("of a NaN comes a NaN, in every form: nothing is wrong with that", async () => {
    for (const { name } of softplus.loss.subjects) expect(await at(name, NAN)).toEqual([]);
  });

  test("errors are relative to the exact value, and Infinity where a number is not finite", async () => {
    const xs = [-10, 0.5, 100];
    const { verdicts } = await softplus.together(
      "naive",
      xs.map((x) => input([1], [x])),
    );
    const computed = Math.fround(Math.log(1 + Math.fround(Math.exp(-10)) + 0));
    expect(computed).toBeGreaterThan(0);
    // log(1 + e) in float32, where 1 + e is a multiple of 2^-23.
    const rounded = Math.fround(Math.log(Math.fround(1 + Math.fround(Math.exp(-10)))));
    const exact = Math.log1p(Math.exp(-10));
    expect(verdicts.errors.value[0]).toBeCloseTo(Math.abs(rounded - exact) / exact, 12);
    expect(verdicts.errors.value[1]).toBeLessThan(2 ** -22);
    expect([verdicts.errors.value[2], verdicts.errors.gradient[2]]).toEqual([INFINITE, INFINITE]);
    expect(verdicts.gradients[1]).toBeCloseTo(1 / (1 + Math.exp(-0.5)), 6);
    expect(verdicts.gradients[2]).toBe(NAN);
  });
});

describe("softmax cross entropy", async () => {
  const softmax = await judging("softmax-cross-entropy");

  test("of a row in which one exponential overflows is NaN, in value and gradient", async () => {
    for (const row of [
      [100, 0],
      [0, 100, 0],
    ]) {
      const labels = row.map((_, i) => (i === 0 ? 1 : 0));
      const one = input([1, row.length], row, labels);
      expect(await softmax.failures("naive", one)).toEqual(["gradient nan error", "value nan error"]);
      expect(await softmax.failures("shifted", one)).toEqual([]);
    }
  });

  test("the component of a gradient is that which is worst", async () => {
    const [gradient] = await softmax.details("naive", input([1, 3], [0, 0, 100], [1, 0, 0]));
    // exp(0)/Infinity is 0, exp(100)/Infinity is NaN.
    expect(gradient).toMatchObject({ quantity: "gradient", computed: NAN });
  });
});

describe("what throws at some inputs only", async () => {
  const throwing = await judged("throwsAbove");
  const at = (x: number) => throwing.failures("throwsAbove", input([1], [x]));

  test("throws there, in value and gradient, and is right elsewhere", async () => {
    expect(await at(5)).toEqual([]);
    expect(await at(5.5)).toEqual(["gradient throws error", "value throws error"]);
    const [failure] = await throwing.details("throwsAbove", input([1], [7]));
    expect(failure.computed).toBe(NAN);
    expect(failure.thrown).toContain("a logit of 7 is out of range");
  });

  test("among many inputs it is said which of them it throws for", async () => {
    const cases = [1, 6, -3, 5, 5.5, 100, 4].map((x) => input([1], [x]));
    const { failures } = await throwing.together("throwsAbove", cases);
    const both = ["gradient throws error", "value throws error"];
    expect(failures).toEqual([[], both, [], [], both, both, []]);
  });

  test("throwing for NaN is a failure as well, alone and among others", async () => {
    const both = ["gradient throws error", "value throws error"];
    expect((await throwing.together("throwsAbove", [input([1], [NAN]), input([1], [1])])).failures).toEqual([
      both,
      [],
    ]);
    expect(await at(NAN)).toEqual(both);
  });
});

describe("a NaN that is hidden", async () => {
  test("from the value of an element is a failure of the value", async () => {
    const hiding = await judged("hidesNaN");
    expect(await hiding.failures("hidesNaN", input([1], [NAN]))).toEqual(["value inaccurate warning"]);
    expect(await hiding.failures("hidesNaN", input([1], [-1]))).toEqual([]);
    const cases = [1, NAN, -1].map((x) => input([1], [x]));
    const { failures } = await hiding.together("hidesNaN", cases);
    expect(failures).toEqual([[], ["value inaccurate warning"], []]);
  });

  test.each([[[1, 1, 1, 1]], [[1, 1, 2, 1]], [[1, 2, 2, 2]], [[2, 2, 2, 1]]])(
    "in a map of shape %j as well",
    async (shape) => {
      const hiding = await judged("meanHidesNaN");
      const size = shape.reduce((a, b) => a * b, 1);
      const logits = Array.from({ length: size }, (_, i) => (i === size - 1 ? NAN : 1));
      const one = input(shape, logits);
      expect(await hiding.failures("meanHidesNaN", one)).toEqual(["value inaccurate warning"]);
      expect((await hiding.together("meanHidesNaN", [one])).failures).toEqual([["value inaccurate warning"]]);
    },
  );
});

describe("maps with a value for each sample", async () => {
  const samples = await judging(fixture("sweep/per-sample.ts"));

  test.each([
    [[2, 1, 1, 1], 1],
    [[2, 2, 1, 1], 2],
    [[3, 2, 2, 1], 4],
  ] as const)("of shape %j: that of the sample which is wrong is told", async (shape, pixels) => {
    // Of the last sample all are sure mistakes: 1 - σ(20) is 0 in float32, and its logarithm -Infinity.
    const logits = Array.from({ length: shape[0] * pixels }, (_, i) =>
      i >= (shape[0] - 1) * pixels ? 20 : 0.5,
    );
    const one = input(shape, logits);
    expect(await samples.failures("stable", one)).toEqual([]);
    const failures = await samples.details("naive", one);
    const value = failures.filter(({ quantity }) => quantity === "value");
    expect(value.map(({ computed, sample }) => [computed, sample])).toEqual([[INFINITE, shape[0] - 1]]);
  });
});

describe("larger maps", async () => {
  const focal = await judging("heatmap-focal");
  const shape = [2, 3, 3, 1];
  const logits = Array.from({ length: 18 }, (_, i) => i / 4 - 2);
  const labels = logits.map((_, i) => (i === 4 ? 1 : 0));

  test("are right in the stable form, and NaN in the naive one from one logit on whose sigmoid is 0", async () => {
    expect(await focal.failures("stable", input(shape, logits, labels))).toEqual([]);
    expect(await focal.failures("naive", input(shape, logits, labels))).toEqual([]);
    const low = logits.with(7, -104);
    expect(await focal.failures("stable", input(shape, low, labels))).toEqual([]);
    expect((await focal.failures("naive", input(shape, low, labels))).sort()).toEqual([
      "gradient nan error",
      "value nan error",
    ]);
    const [gradient] = (await focal.details("naive", input(shape, low, labels))).filter(
      ({ quantity }) => quantity === "gradient",
    );
    expect(gradient.component).toBe(7);
  });

  test("that throw say so, in value and gradient", async () => {
    const throwing = await judging(fixture("sweep/throws-in-map.ts"));
    const [{ name }] = throwing.loss.subjects;
    const failures = await throwing.details(name, input([1, 2, 3, 1], [1, 2, 3, 4, 5, 6]));
    expect(failures.map(({ quantity }) => quantity).sort()).toEqual(["gradient", "value"]);
    for (const { thrown } of failures) expect(thrown).toContain("a logit of 6 is out of range");
  });
});

describe.each([...catalogueNames.keys()])("%s", async (name) => {
  const all = await judging(name);
  const labels = all.loss.point === "row" ? new DistributedLabels() : new FreeLabels(new Domain(0, 1));

  test("an input is judged as it is alone, whatever is judged beside it", async () => {
    const random = new Random(1);
    for (const shape of shapesOf(all.loss)) {
      const n = Math.min(all.judge.capacity(shape), 40);
      const cases = Array.from({ length: n }, () => draw(random, shape, new Domain(-120, 120), labels));
      for (const subject of all.loss.subjects) {
        const { failures } = await all.together(subject.name, cases);
        for (const [i, one] of cases.entries()) {
          const alone = [...new Set(await all.failures(subject.name, one))];
          expect([...failures[i]].sort(), `${subject.name} [${shape}] ${one.logits} ${one.labels}`).toEqual(
            alone.sort(),
          );
        }
      }
    }
  });
});
