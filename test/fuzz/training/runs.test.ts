import { beforeAll, describe, expect, it } from "vitest";
import type { Case } from "../../../src/fuzz/case.js";
import type { TrainingContext } from "../../../src/fuzz/training/context.js";
import { failureOf } from "../../../src/fuzz/training/failure.js";
import { Run, type Setup, STEPS } from "../../../src/fuzz/training/run.js";
import { survives, survivors } from "../../../src/fuzz/training/survivors.js";
import { takeRuns } from "../../../src/fuzz/training/take-runs.js";
import { fixture } from "../../sweep/swept.js";
import { pytorch } from "./pytorch.js";
import { contextOf, named } from "./trained.js";

let crossEntropy: TrainingContext;
let focal: TrainingContext;

beforeAll(async () => {
  crossEntropy = await contextOf("sigmoid-cross-entropy");
  focal = await contextOf("heatmap-focal");
});

function setup(
  shape: number[],
  x: number[],
  z: number[],
  learningRate: number,
  optimizer?: Setup["optimizer"],
) {
  const start: Case = { shape, logits: Float32Array.from(x), labels: Float32Array.from(z) };
  return { start, optimizer: optimizer ?? "gradient descent", learningRate };
}

async function taken(given: Setup, name: string, context: TrainingContext, keepsPath = false): Promise<Run> {
  const run = new Run(given, STEPS, keepsPath);
  await takeRuns([run], named(name, context), context);
  return run;
}

describe("training runs", () => {
  it("naive cross entropy goes from 3 with label 0 to 3 - 100σ(3) and on to NaN", async () => {
    const run = await taken(setup([1], [3], [0], 100), "line-2", crossEntropy, true);
    // σ(3) = 0.952574126822433
    expect(run.x[0]).toBeCloseTo(3 - 95.257412682, 4);
    expect(run).toMatchObject({ end: "not-finite", steps: 1 });
    expect(run.gradient[0]).toBeNaN();
    expect(failureOf(run, crossEntropy)).toEqual({ outcome: "nan", quantity: "gradient", at: 0, steps: 1 });
  });

  const ours: Record<string, [loss: "crossEntropy" | "focal", implementation: string]> = {
    naive_cross_entropy: ["crossEntropy", "naive"],
    stable_cross_entropy: ["crossEntropy", "softplus"],
    naive_focal: ["focal", "naive"],
    clamped_focal: ["focal", "clamped"],
    stable_focal: ["focal", "stable"],
  };
  it.each(
    pytorch.trained.filter(({ loss }) => Object.hasOwn(ours, loss)).map((run) => [run.loss, run] as const),
  )(
    "%s is trained as PyTorch trains it",
    async (loss, { start, labels, optimizer, learningRate, path, end }) => {
      const [name, implementation] = ours[loss];
      const context = name === "focal" ? focal : crossEntropy;
      const shape = name === "focal" ? [1, 1, 1, 1] : [1];
      const run = await taken(
        setup(shape, start, labels, learningRate, optimizer),
        implementation,
        context,
        true,
      );
      const numbers = [...(run.path as Float32Array[]), run.x];
      path.slice(0, numbers.length).forEach(([x], step) => {
        expect(Math.abs(numbers[step][0] - x), `step ${step}`).toBeLessThanOrEqual(
          1e-5 * Math.max(1, Math.abs(x)),
        );
      });
      if (end === "nan") expect(run).toMatchObject({ end: "not-finite", steps: path.length - 1 });
      else expect(run.end).not.toBe("not-finite");
    },
  );

  it("many runs in one batch are the same runs as each by itself", async () => {
    const given = [-20, 0.5, 3, 100].flatMap((x) =>
      (["gradient descent", "momentum", "Adam"] as const).map((optimizer) =>
        setup([1], [x], [1], 10, optimizer),
      ),
    );
    const subject = named("naive", crossEntropy);
    expect(subject.batched).toBe(true);
    const together = given.map((one) => new Run(one));
    await takeRuns(together, subject, crossEntropy);
    for (const [i, one] of given.entries()) {
      const { x, value, gradient, steps, end } = await taken(one, "naive", crossEntropy);
      expect(together[i]).toMatchObject({ x, value, gradient, steps, end });
    }
  });

  it("a step of all runs is one call of the target", async () => {
    let calls = 0;
    const runs = [1, 2, 3].map((x) => new Run(setup([1], [x], [0], 1)));
    const onStep = () => calls++;
    await takeRuns(runs, named("softplus", crossEntropy), { ...crossEntropy, onStep });
    expect(calls).toBe(Math.max(...runs.map(({ steps }) => steps)) + 1);
  });

  it("stops between steps when it is told to", async () => {
    let steps = 0;
    const run = new Run(setup([1], [100], [0], 1));
    await takeRuns([run], named("softplus", crossEntropy), {
      ...crossEntropy,
      goesOn: async () => steps++ < 5,
    });
    // σ(x) is 1 in float32 from 17 on: 5 steps of 1.
    expect(run).toMatchObject({ steps: 5, end: undefined, x: Float32Array.of(95) });
  });
});

describe("whose fault it is", () => {
  it("the clamp holds a mistake of 20 still, and the other forms unlearn it", async () => {
    const given = setup([1, 1, 1, 1], [20], [0], 1);
    const run = await taken(given, "clamped", focal);
    expect(run).toMatchObject({ end: "settled", x: Float32Array.of(20) });
    expect(failureOf(run, focal)).toEqual({ outcome: "stuck", quantity: "gradient", at: 0, steps: 0 });
    expect(await survives(given, named("stable", focal), focal)).toBe(true);
    // 20 is beyond 17.33, where the probability is 1 and its logarithms are infinite.
    expect(await survivors(given, named("clamped", focal), focal)).toEqual(["stable"]);
  });

  it("a right answer that stands still is none", async () => {
    const run = await taken(setup([1, 1, 1, 1], [-20], [0], 1), "clamped", focal);
    expect(run.end).toBe("settled");
    expect(run.gradient[0]).toBe(0);
    expect(failureOf(run, focal)).toBeUndefined();
  });

  it("one dead pixel among others that are trained is found, with its step", async () => {
    const run = await taken(setup([1, 1, 3, 1], [1, 20, -1], [0, 0, 1], 10), "clamped", focal);
    expect(failureOf(run, focal)).toEqual({ outcome: "stuck", quantity: "gradient", at: 1, steps: 0 });
  });

  it("numbers that a large learning rate throws beyond float32 are not the loss's fault", async () => {
    // The gradient 2e18 is right; 1e21 times as much is beyond 3.4e38.
    const context = await contextOf(fixture("training/square.ts"));
    const run = await taken(setup([1], [1e18], [0], 1e21), "square", context);
    expect(run.end).toBe("ran-off");
    expect(failureOf(run, context)).toBeUndefined();
  });

  it("a step too small for the numbers is not a dead gradient", async () => {
    // 2^27 - 1 rounds to 2^27.
    const run = await taken(setup([1], [2 ** 27], [0], 1), "softplus", crossEntropy);
    expect(run).toMatchObject({ end: "out-of-steps", x: Float32Array.of(2 ** 27) });
    expect(failureOf(run, crossEntropy)).toBeUndefined();
  });

  it("where the exact loss is beyond float32 the loss is not to blame for Infinity", async () => {
    const context = await contextOf(fixture("training/square.ts"));
    // (1e30)^2 is 1e60.
    const run = await taken(setup([1], [1e30], [0], 1), "square", context);
    expect(run.end).toBe("not-finite");
    expect(failureOf(run, context)).toBeUndefined();
  });
});
