import { expect, test } from "vitest";
import { updated } from "../../src/gate/accepted.js";
import type { Baseline } from "../../src/gate/baseline.js";

const target = { backend: "cpu", device: "JavaScript", versions: { tfjs: "4.22.0" } };
const note = (loss: string, implementation = "f", on = "cpu") => ({
  id: `${loss}/${implementation}/${on}/value/underflow/0/below`,
  severity: "note" as const,
});
const before: Baseline = {
  version: "0.1.0",
  seed: 0,
  platform: "linux x64",
  targets: { cpu: target, wasm: target },
  dependencies: { lodash: "1.0.0", "@tensorflow/tfjs": "4.21.0" },
  inputs: { a: ["1 logit"], b: ["2 logits"], gone: ["3 logits"] },
  audited: { "a#f": { sweep: ["cpu", "wasm"], search: [] }, "b#f": { sweep: ["cpu"], search: ["cpu"] } },
  findings: [note("a"), note("a", "f", "wasm"), note("b")],
};
const now: Baseline = {
  version: "0.2.0",
  seed: 0,
  platform: "linux x64",
  targets: { cpu: { ...target, device: "another" } },
  dependencies: { "@tensorflow/tfjs": "4.22.0" },
  inputs: { a: ["4 logits"] },
  audited: { "a#g": { sweep: ["cpu"], search: [] } },
  findings: [note("a", "g")],
};

test("without a baseline, or where everything was audited, the present state is the baseline", () => {
  expect(updated(undefined, now, { losses: [{ loss: "a" }] })).toBe(now);
  expect(updated(before, now, {})).toBe(now);
});

test("of what is out of scope nothing changes", () => {
  const next = updated(before, now, { losses: [{ loss: "a" }], targets: ["cpu"] });
  expect(next.findings).toEqual([note("a", "f", "wasm"), note("b"), note("a", "g")]);
  expect(next.audited).toEqual({
    "a#f": { sweep: ["wasm"], search: [] },
    "b#f": before.audited["b#f"],
    "a#g": now.audited["a#g"],
  });
  expect(next.targets).toEqual({ cpu: now.targets.cpu, wasm: target });
  expect(next.inputs).toEqual({ a: ["4 logits"], b: ["2 logits"] });
  expect(next.dependencies).toEqual({ lodash: "1.0.0", "@tensorflow/tfjs": "4.22.0" });
});

test("a target on which nothing is known any more is forgotten", () => {
  const next = updated(before, now, { losses: [{ loss: "a" }] });
  expect(Object.keys(next.targets)).toEqual(["cpu"]);
});
