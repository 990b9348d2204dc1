import { describe, expect, test } from "vitest";
import { findings, fixture, short, swept } from "./swept.js";

const quick = { targets: ["cpu"], points: 401 };

describe("kinks", () => {
  test.each(["absolute", "hinge", "huber", "leaky"])(
    "%s has no error and no warning, at its kinks neither",
    async (name) => {
      const result = await swept(`${fixture("sweep/kinks.ts")}#${name}`, {
        ...quick,
        special: ["zero", "subnormal"],
      });
      expect(result.findings.filter(({ severity }) => severity !== "note").map(short)).toEqual([]);
      expect(result.errors).toEqual([]);
    },
  );
});

describe("gradients of the author's own", () => {
  const of = (name: string) => swept(`${fixture("sweep/wrong-gradients.ts")}#${name}`, quick);

  test("one with a wrong factor is a formula finding, with both numbers", async () => {
    const { findings: found } = await of("factor");
    expect(found.every(({ kind, quantity }) => kind === "formula" && quantity === "gradient")).toBe(true);
    const worst = found.find(({ severity }) => severity === "warning")!.worst;
    // 2x² for 3x².
    expect(Number(worst.computed?.value) / Number(worst.exact.value)).toBeCloseTo(2 / 3, 6);
    expect(Number(worst.exact.value)).toBeCloseTo(3 * Number(worst.input.value) ** 2, 4);
  });

  test("one of 0 is an error where the true one matters", async () => {
    const result = await of("none");
    const [error] = findings(result, { kind: "formula", side: "around-0" });
    expect(error).toMatchObject({
      severity: "error",
      region: { to: { value: 120 }, share: 1 },
      worst: { computed: { value: 0 } },
    });
    // Where σ(x) is 2^-23.
    expect(Number(error.region.from.value)).toBeCloseTo(-Math.log(2 ** 23 - 1), 5);
  });

  test("one that is right is none", async () => {
    expect(findings(await of("right"), { kind: "formula" })).toEqual([]);
  });
});

describe("a loss that chooses its formula by its logits", () => {
  test("is held against the formula that it chose", async () => {
    const result = await swept(`${fixture("sweep/branches.ts")}#softplus`, { ...quick, points: 61 });
    expect(result.findings.map(short)).toEqual([]);
  });

  test("and its failures are found", async () => {
    const result = await swept(`${fixture("sweep/branches.ts")}#exchanged`, { ...quick, points: 61 });
    const value = findings(result, { quantity: "value", kind: "overflow", side: "above" });
    expect(value[0].region.from.value).toBe(Math.fround(88.72284));
    // x + log1p(exp(-x)) is x + Infinity.
    expect(findings(result, { quantity: "value", kind: "overflow", side: "below" })[0].region.to.value).toBe(
      -Math.fround(88.72284),
    );
  });
});

describe("two functions under one name", () => {
  test("the normalisation that two of three share is the loss; the third is semantic in maps", async () => {
    const result = await swept(fixture("sweep/normalisation.ts"), {
      ...quick,
      points: 21,
      heatmaps: { count: 4, height: 4, width: 4, classes: 1, objects: [1, 2] },
    });
    const semantic = findings(result, { kind: "semantic" });
    expect(new Set(semantic.map(({ implementation }) => implementation))).toEqual(new Set(["perPixel"]));
    expect(new Set(semantic.map(({ quantity }) => quantity))).toEqual(new Set(["value", "gradient"]));
    expect(semantic.some(({ worst }) => worst.index?.length === 4)).toBe(true);
    expect(
      result.findings.filter(
        ({ implementation, severity }) => implementation !== "perPixel" && severity !== "note",
      ),
    ).toEqual([]);
  });

  test("a function whose losses are divided by the size of the batch is swept one point at a time", async () => {
    const result = await swept(fixture("sweep/over-batch-size.ts"), {
      ...quick,
      points: 41,
      heatmaps: { count: 0, height: 1, width: 1, classes: 1, objects: [0, 0] },
    });
    expect(result.findings.filter(({ severity }) => severity !== "note").map(short)).toEqual([]);
  });
});

describe("formulas that are infinite or undefined", () => {
  const of = (name: string) =>
    swept(`${fixture("sweep/infinite.ts")}#${name}`, { ...quick, range: [-1000, 1000] });

  test("a logarithm of 0 is an overflow that the formula itself has", async () => {
    const [found] = findings(await of("logarithm"), { quantity: "value", kind: "overflow" });
    expect(found.message).toMatch(/the formula itself has no finite value here/);
    expect([found.region.from.value, found.region.to.value]).toEqual([-1000, 0]);
  });

  test("an overflow that is cut off again does no harm to the value", async () => {
    const result = await of("cut");
    expect(findings(result, { quantity: "value" }).map(short)).toEqual([]);
    // In the gradient it is 0·Infinity from 88.72284 on.
    expect(
      findings(result, { quantity: "gradient" }).map(({ kind, region }) => [kind, region.from.value]),
    ).toEqual([["nan", Math.fround(88.72284)]]);
  });

  test("a root of a negative number is NaN, and so is the formula", async () => {
    const [found] = findings(await of("root"), { quantity: "value", kind: "nan" });
    expect(found.message).toMatch(/the formula itself is undefined here/);
    expect(found.worst.exact.value).toBe("NaN");
    expect(found.region.from.value).toBe(-1000);
    expect(Number(found.region.to.value)).toBe(-(2 ** -149));
  });
});

describe("the losses of sample projects", () => {
  test("one that throws for logits above 5 is a finding from the next float on", async () => {
    const result = await swept(fixture("user-losses/faulty/throws-above-5.ts"), { ...quick, points: 41 });
    const thrown = findings(result, { kind: "throws", label: 0 });
    expect(thrown.map(({ quantity }) => quantity)).toEqual(["value", "gradient"]);
    for (const { region, severity, message, worst } of thrown) {
      expect(region.from).toEqual({ value: 5.000000476837158, bits: "0x40a00001" });
      expect([region.to.value, region.share, severity]).toEqual([120, 1, "error"]);
      expect(message).toMatch(/a logit of 5\.000000476837158 is out of range/);
      expect(worst.computed).toBeNull();
    }
    expect(findings(result, {}).every(({ kind }) => kind === "throws")).toBe(true);
  });

  test("one that throws in its gradient has a value that is right", async () => {
    const result = await swept(fixture("user-losses/faulty/throws-in-gradient.ts"), { ...quick, points: 41 });
    expect(result.findings.map(({ kind, quantity }) => `${kind} ${quantity}`)).toEqual([
      "throws gradient",
      "throws gradient",
    ]);
    expect(result.findings[0].message).toMatch(/this gradient is not written yet/);
  });

  test("one on probabilities says so, and is swept on logits", async () => {
    const result = await swept(fixture("user-losses/reduced/focal-probabilities.ts"), {
      ...quick,
      from: "probabilities",
    });
    const [found] = findings(result, { quantity: "value", kind: "overflow", label: 0 });
    // log(1-p) where σ rounds to 1: 25 ln 2.
    expect(found.region.from.value).toBe(Math.fround(17.32868));
    expect(found.replay).toMatch(/ --from=probabilities$/);
  });

  test("two implementations are compared: the naive one fails, the stable one is clean", async () => {
    const result = await swept(fixture("user-losses/typescript/cross-entropy.ts"), quick);
    expect(
      result.summary.implementations.map(({ implementation, verdict }) => [implementation, verdict]),
    ).toEqual([
      ["naive", "error"],
      ["stable", expect.stringMatching(/ok|note/)],
    ]);
    expect(findings(result, { kind: "semantic" })).toEqual([]);
  });

  test("one that averages over everything is swept point by point, as a map", async () => {
    const result = await swept(fixture("user-losses/reduced/mean-bce.ts"), { ...quick, points: 41 });
    expect(result.findings.filter(({ severity }) => severity === "error").map(short)).toEqual([]);
    expect(result.summary.inputs.join()).toMatch(/one pixel at a time/);
  });
});
