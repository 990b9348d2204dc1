import { describe, expect, test } from "vitest";
import { doctor } from "../../src/doctor/doctor.js";
import { examineApart } from "../../src/doctor/examine-apart.js";
import type { ExaminedTarget } from "../../src/doctor/report.js";
import { targetNames } from "../../src/targets/names.js";

const TIMEOUT = 60;

/** The first float32 from 25 ln 2 on, where the correctly rounded sigmoid becomes 1. */
const SATURATED = "0x418aa123";

describe("a target that works", () => {
  test("cpu: sigmoid is right to its end, nothing is flushed, NaN survives", async () => {
    const cpu = await examineApart("cpu", TIMEOUT);
    expect(cpu).toMatchObject({
      name: "cpu",
      ready: true,
      description: { device: "JavaScript", software: false, subnormals: "kept" },
      facts: {
        sigmoid: { firstOne: { bits: SATURATED }, oneFrom: { bits: SATURATED } },
        smallestResult: { value: 2 ** -149 },
        logOfZero: { value: "-Infinity" },
        nanSurvives: { maximum: true, relu: true, clipByValue: true },
      },
      sweepSeconds: expect.any(Number),
    });
    const ops = cpu.ready ? cpu.ops : [];
    expect(ops.filter(({ quantity }) => quantity === "value").map(({ op }) => op)).toEqual([
      "exp",
      "expm1",
      "log",
      "log1p",
      "sigmoid",
      "softplus",
      "tanh",
    ]);
    for (const { quantity, worst } of ops.slice(0, 2))
      expect(Number(worst?.ulps), quantity).toBeLessThan(0.51);
  });

  test("wasm: NaN does not survive maximum and clipByValue", async () => {
    expect(await examineApart("wasm", TIMEOUT)).toMatchObject({
      ready: true,
      facts: {
        sigmoid: { firstOne: { bits: SATURATED } },
        nanSurvives: { maximum: false, relu: true, clipByValue: false },
      },
    });
  });
});

describe("a target that does not", () => {
  test("says what it needs", async () => {
    const gpu = await examineApart("tensorflow-gpu", TIMEOUT);
    expect(gpu).toMatchObject({ name: "tensorflow-gpu", ready: false });
    expect(gpu.ready || gpu.reason).toMatch(/needs @tensorflow\/tfjs-node-gpu, .*: run "npm install/);
  });

  test("is given up when it takes too long", async () => {
    const slow = await examineApart("cpu", 0.2);
    expect(slow.ready || slow.reason).toMatch(/did not come back within 0.2 s/);
  });
});

describe("all targets", () => {
  const broken = (...names: string[]) =>
    doctor(
      async (name): Promise<ExaminedTarget> =>
        names.includes(name)
          ? { name, ready: false, reason: "It is broken." }
          : ({ name, ready: true } as ExaminedTarget),
    );

  test("are reported in their order, whichever is done first", async () => {
    const done: string[] = [];
    const report = await doctor(
      async (name) => {
        await new Promise((resolve) => setTimeout(resolve, name === "cpu" ? 20 : 0));
        return { name, ready: false, reason: "It is broken." };
      },
      (name) => done.push(name),
    );
    expect(report.targets.map(({ name }) => name)).toEqual(targetNames);
    expect(done.at(-1)).toBe("cpu");
  });

  test("give 0 when cpu and wasm work, whatever else is missing, and else 2", async () => {
    expect((await broken("tensorflow", "webgl")).exitCode).toBe(0);
    expect((await broken("wasm")).exitCode).toBe(2);
    expect((await broken("cpu", "webgpu")).exitCode).toBe(2);
  });
});
