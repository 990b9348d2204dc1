import { beforeAll, describe, expect, it } from "vitest";
import { checkModelTarget, loadModel } from "../../../src/fuzz/training/load-model.js";
import { InputError } from "../../../src/inputs/input-error.js";
import { loadTfjs, type Tfjs } from "../../../src/targets/tfjs.js";
import { trainedBy } from "./pytorch.js";
import { contextOf, trained } from "./trained.js";

let tf: Tfjs;

beforeAll(async () => {
  tf = await loadTfjs();
  await tf.setBackend("cpu");
});

const model = (name: string) => loadModel(tf, `fixtures/training/${name}`);

describe("loadModel", () => {
  it("takes an object of numbers", async () => {
    expect(await model("linear.ts#model")).toMatchObject({
      name: "fixtures/training/linear.ts#model",
      parameters: Float32Array.of(0, 0, 0),
      shape: [4, 1],
      labels: Float32Array.of(1, 1, 0, 1),
    });
  });

  it("takes an async function of tensors, the default export", async () => {
    const { parameters, shape, labels } = await model("hidden.ts");
    expect(parameters).toHaveLength(13);
    expect(shape).toEqual([4, 1]);
    expect(labels).toEqual(Float32Array.of(0, 1, 1, 0));
  });

  it.each([
    ["#model", "is half a name"],
    ["fixtures/training/missing.ts", "does not exist"],
    ["fixtures/training/pytorch.py", 'has the extension ".py"'],
    ["fixtures/training/linear.ts#modle", 'has no export "modle". Did you mean "model"'],
    ["fixtures/training/linear.ts", "name the model as fixtures/training/linear.ts#export"],
    ["nothing", "is undefined; a model is"],
    ["number", "is of type number; a model is"],
    ["noParameters", "The parameters of fixtures/training/faulty-models.ts#noParameters are missing"],
    ["noLabels", "The labels of fixtures/training/faulty-models.ts#noLabels are missing"],
    ["noLogits", "has no logits that are a function"],
    ["empty", "are empty: give at least one number"],
    ["words", "are no numbers: give at least one number"],
    ["infinite", "have 1e+39 at 1: give numbers that are finite in float32"],
    ["fewLabels", "gives 2 logits, of shape [2], and 1 labels: give one label for each logit"],
    ["noTensor", "are no tensor: return one tensor, at once"],
    ["throwsInLogits", "The logits of fixtures/training/faulty-models.ts#throwsInLogits throw: "],
    ["throws", "throws when it is called: no weights yet (fixtures/training/faulty-models.ts:"],
    ["disposed", "can't be read: Tensor is disposed."],
  ])("says what is wrong with %s", async (name, message) => {
    const argument = /[#/]/.test(name) ? name : `fixtures/training/faulty-models.ts#${name}`;
    const refused = await loadModel(tf, argument).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(InputError);
    expect((refused as Error).message).toContain(message);
  });

  it("does not run in a page", () => {
    expect(() => checkModelTarget("webgl")).toThrow(
      "--train does not run on webgl, which is a page of a browser: give one of cpu, wasm, tensorflow, tensorflow-gpu, webgpu as --target.",
    );
    expect(() => checkModelTarget("wasm")).not.toThrow();
  });
});

describe("training through a model", () => {
  it("finds that a linear model with one wrong label brings the naive form to NaN, as PyTorch does", async () => {
    const findings = await trained("sigmoid-cross-entropy#naive", { model: "linear.ts#model" });
    expect(findings).toHaveLength(1);
    const [finding] = findings;
    const { path, end } = trainedBy("linear_naive", 0);
    expect(end).toBe("nan");
    expect(finding).toMatchObject({
      outcome: "nan",
      optimizer: "momentum",
      learningRate: 1,
      steps: path.length - 1,
      isOfModel: true,
      inModel: false,
      start: { shape: [3], logits: Float32Array.of(0, 0, 0) },
      last: { shape: [4, 1], labels: Float32Array.of(1, 1, 0, 1) },
      at: 0,
      survivors: ["softplus", "library"],
    });
    // The first input is (1, 2).
    const [a, b, bias] = path[path.length - 1];
    expect(finding.last.logits[0]).toBeCloseTo(a + 2 * b + bias, 3);
    expect(finding.message).toContain("from the parameters of the model reaches NaN in step 5, at x = 17.65");
    expect(trainedBy("linear_stable", 0).end).toBe("finite");
  });

  it("finds nothing where a network of one hidden layer learns XOR with the stable form", async () => {
    expect(await trained("sigmoid-cross-entropy#softplus", { model: "hidden.ts" })).toEqual([]);
  });

  it("finds the pixel that a clamp holds still, by its logit", async () => {
    const findings = await trained("heatmap-focal#clamped", { model: "linear.ts#mistaken" });
    expect(findings).toHaveLength(1);
    const [{ last, at, ...finding }] = findings;
    expect(finding).toMatchObject({
      outcome: "stuck",
      inModel: false,
      computed: { value: 0 },
      kernel: "ClipByValue",
    });
    // log(p/(1-p)) at the clamp's p = 1e-4
    expect(Math.abs(last.logits[at])).toBeGreaterThan(9.21024);
    expect(finding.survivors).toContain("stable");
  });

  it("tells a model that goes wrong from a loss that does", async () => {
    const findings = await trained("sigmoid-cross-entropy#softplus", { model: "exponential.ts" });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ inModel: true, steps: 0, kernel: "Exp", computed: { value: "NaN" } });
    expect(findings[0].line?.file).toMatch(/exponential\.ts$/);
  });

  it("names the implementations that can't take the logits of the model", async () => {
    const { loss } = await contextOf("heatmap-focal", { model: "linear.ts#model" });
    expect(loss.failed.map(({ implementation }) => implementation)).toEqual([
      "logits",
      "logits-differentiable",
    ]);
    expect(loss.failed[0].message).toMatch(/^It can't be trained through .*linear\.ts#model: /);
    expect(loss.subjects.map(({ name }) => name)).toContain("stable");
  });
});
