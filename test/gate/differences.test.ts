import { expect, test } from "vitest";
import { differencesOf } from "../../src/gate/differences.js";

const cpu = { backend: "cpu", device: "JavaScript", versions: { tfjs: "4.21.0", node: "20.1.0" } };
const tools = {
  version: "0.1.0",
  seed: 0,
  platform: "linux x64",
  targets: { cpu, wasm: { ...cpu, backend: "wasm", device: "WebAssembly" } },
  dependencies: { "@tensorflow/tfjs": "4.21.0", lodash: "4.0.0" },
  inputs: { "my-loss": ["2,001 logits"], other: ["2,001 logits"] },
};

test("equal tools have no differences", () => {
  expect(differencesOf(tools, structuredClone(tools))).toEqual([]);
});

test("each difference is said once, with its targets", () => {
  const now = structuredClone(tools);
  now.version = "0.2.0";
  now.seed = 7;
  now.platform = "darwin arm64";
  now.targets.cpu.versions.tfjs = "4.22.0";
  now.targets.wasm.versions.tfjs = "4.22.0";
  now.targets.wasm.device = "WebAssembly, SIMD";
  now.dependencies["@tensorflow/tfjs"] = "4.22.0";
  now.inputs["my-loss"] = ["101 logits"];
  expect(differencesOf(tools, now)).toEqual([
    "audit 0.1.0 -> 0.2.0",
    "seed 0 -> 7",
    "platform linux x64 -> darwin arm64",
    "tfjs 4.21.0 -> 4.22.0 (cpu, wasm)",
    "device WebAssembly -> WebAssembly, SIMD (wasm)",
    "@tensorflow/tfjs 4.21.0 -> 4.22.0",
    "other inputs of my-loss",
  ]);
});

test("what only one of them knows is no difference", () => {
  const { cpu: _, ...targets } = tools.targets;
  expect(
    differencesOf(tools, { ...tools, targets: targets as typeof tools.targets, dependencies: {} as never }),
  ).toEqual([]);
});
